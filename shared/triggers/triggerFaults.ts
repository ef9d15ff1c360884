import { failure, isFailure, type BatchpointError } from '../errors/batchpointError';
import type { ErrorCode } from '../errors/catalogue';
import type { Stored } from '../registry/namedResources';
import type { StartContext } from '../starting/startOnce';
import type { BlobStore } from '../stores/blobStore';
import type { Arrival } from './arrival';
import { noteVersion } from './noteVersion';
import type { ArrivalContext } from './arrivals';
import type { Trigger, WatchedFiles } from './trigger';

/** What jobs of triggers are made with. */
export type TriggerJobContext = StartContext & ArrivalContext & { readonly blobs: BlobStore };

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
  'TriggerFileGone',
  'TriggerFileReplaced',
  'UriInvalid',
];

/** Whether an error says something of the file or its output, and nothing of other files. */
export function isOwnFault(error: unknown): error is BatchpointError {
  return isFailure(error) && ownFaults.includes(error.code);
}
