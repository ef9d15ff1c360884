import { failure, isFailure, type BatchpointError } from '../errors/batchpointError';
import type { ErrorCode } from '../errors/catalogue';
import type { Orchestrations } from '../jobs/recoverJobs';
import type { Stored } from '../registry/namedResources';
import { startOnce, type StartContext } from '../starting/startOnce';
import type { Row } from '../stores/tableStore';
import type { Arrival } from './arrival';
import { noteVersion } from './noteVersion';
import type { ArrivalContext } from './arrivals';
import type { Outcome } from './settling';
import type { Trigger, WatchedFiles } from './trigger';
import { jobOfFile } from './wantedJobs';

/** What jobs of triggers are made with. */
export type TriggerJobContext = StartContext & ArrivalContext;

/**
 * Makes and starts the job for a file, where its version is still there, and answers what became of it. Fails where the
 * reason does not lie in the file: then it waits.
 */
export async function startFileJob(
  context: TriggerJobContext,
  orchestrations: Orchestrations,
  trigger: Stored<Trigger>,
  watch: WatchedFiles,
  open: Row<Arrival>,
): Promise<Outcome> {
  const arrival = open.value;
  const reason = await faultOfFile(context, trigger, watch, arrival);
  if (reason !== undefined) return { open, reason };
  try {
    const { job } = await startOnce(context, orchestrations, jobOfFile(trigger, watch, arrival));
    return { open, job: job.spec.name };
  } catch (error) {
    if (!isOwnFault(error)) throw error;
    return { open, reason: error };
  }
}

/** Why the version of a file that was noted cannot be scored any more, if it cannot. What replaced it is noted. */
export async function faultOfFile(
  context: ArrivalContext,
  trigger: Stored<Trigger>,
  watch: WatchedFiles,
  { datastore = watch.datastore, name, etag }: Arrival,
): Promise<BatchpointError | undefined> {
  const present = await (await context.stores.of(datastore)).stat(name);
  if (present === undefined) return failure('TriggerFileGone', { path: name });
  if (present.etag === etag) return undefined;
  // Its own event may be under way, or lost.
  await noteVersion(context, trigger, datastore, present);
  return failure('TriggerFileReplaced', { path: name });
}

const ownFaults: readonly ErrorCode[] = [
  'BlobNameInvalid',
  'InputEmpty',
  'InputFilterEmpty',
  'InputIsFolder',
  'InputNameInvalid',
  'InputNotFound',
  'InputUnreadable',
  'InputUriUnsafe',
  'JobExists',
  'OutputExists',
  'OutputInvalid',
  'UriInvalid',
];

/** Whether an error says something of the file or its output, and nothing of other files. */
export function isOwnFault(error: unknown): error is BatchpointError {
  return isFailure(error) && ownFaults.includes(error.code);
}
