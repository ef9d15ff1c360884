import type { TriggerFile } from '../../../shared/triggers/triggerFiles';

/** What became of a file that landed, as clients see it. */
export function landedFileResource(file: TriggerFile): object {
  const { name, etag, landedAt, notedAt, settledAt, size, job, reason } = file;
  return {
    name,
    etag,
    state: job !== undefined ? 'Taken' : reason !== undefined ? 'LeftAlone' : 'Waiting',
    landedAt,
    notedAt,
    ...(settledAt === undefined ? {} : { settledAt }),
    ...(size === undefined ? {} : { size }),
    ...(job === undefined ? {} : { job }),
    ...(reason === undefined ? {} : { reason }),
  };
}
