import { blobServiceErrors } from './catalogue/blobService';
import { commandLineErrors } from './catalogue/commandLine';
import { fileErrors } from './catalogue/files';
import { hostErrors } from './catalogue/host';
import { jobErrors } from './catalogue/jobs';
import { notificationErrors } from './catalogue/notifications';
import { refusalErrors } from './catalogue/refusals';
import { registryErrors } from './catalogue/registry';
import { requestErrors } from './catalogue/requests';
import { scheduleErrors } from './catalogue/schedules';
import { scoringErrors } from './catalogue/scoring';
import { storeErrors } from './catalogue/stores';
import { triggerErrors } from './catalogue/triggers';

/** Every error that Batchpoint reports, by its stable code. `docs/errors.md` is checked against this. */
export const catalogue = {
  ...requestErrors,
  ...fileErrors,
  ...refusalErrors,
  ...registryErrors,
  ...jobErrors,
  ...triggerErrors,
  ...notificationErrors,
  ...scheduleErrors,
  ...scoringErrors,
  ...storeErrors,
  ...blobServiceErrors,
  ...hostErrors,
  ...commandLineErrors,
} as const;

export type ErrorCode = keyof typeof catalogue;
