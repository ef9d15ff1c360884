import { isFailure } from '../errors/batchpointError';
import type { Stored } from '../registry/namedResources';
import type { TableStore } from '../stores/tableStore';
import { removeRow } from '../stores/removeRow';
import type { Trigger } from './trigger';
import { triggerKey, triggerPartition } from './triggerKeys';

/** Why a trigger makes no jobs at the moment, and when it is tried again: one row, there only while that is so. */
export interface Degradation {
  readonly reason: { readonly code: string; readonly message: string };
  /** ISO 8601 in UTC. */
  readonly since: string;
  readonly tries: number;
  readonly retryAt: string;
  /** The trigger as it was tried: one that was changed since is tried at once. */
  readonly etag: string;
  /** The arrival that it was tried with; the next one is tried next, as the fault may be that of this one. */
  readonly open?: string;
}

const row = 'degradation';

/** Milliseconds until a trigger is tried again: at first, and at most. */
const [firstPause, longestPause] = [5_000, 60_000];

/** Why a trigger makes no jobs, if it does not. */
export async function degradationOf(tables: TableStore, key: string): Promise<Degradation | undefined> {
  return (await tables.get<Degradation>(triggerPartition(key), row))?.value;
}

/** Whether a trigger is to be left alone until later. */
export function isResting(
  degradation: Degradation | undefined,
  { etag }: Stored<Trigger>,
  now: Date,
): boolean {
  if (degradation === undefined || degradation.etag !== etag) return false;
  // A clock that was set back must not make it rest for longer than it ever does.
  const left = Date.parse(degradation.retryAt) - now.getTime();
  return left > 0 && left <= longestPause;
}

/** Writes down that a trigger can make no jobs, and why. */
export async function degrade(
  { tables, now }: { readonly tables: TableStore; readonly now: () => Date },
  trigger: Stored<Trigger>,
  before: Degradation | undefined,
  fault: { readonly error: unknown; readonly open?: string },
): Promise<void> {
  const tries = (before?.tries ?? 0) + 1;
  const time = now();
  const pause = Math.min(longestPause, firstPause * 2 ** (tries - 1));
  const value: Degradation = {
    reason: reasonOf(fault.error),
    since: before?.since ?? time.toISOString(),
    tries,
    retryAt: new Date(time.getTime() + pause).toISOString(),
    etag: trigger.etag,
    ...(fault.open === undefined ? {} : { open: fault.open }),
  };
  await tables.commit(triggerPartition(triggerKey(trigger)), [{ kind: 'put', row, value }]);
}

/** Writes down that a trigger makes jobs again. */
export async function recovered(tables: TableStore, key: string): Promise<void> {
  await removeRow(tables, triggerPartition(key), row);
}

function reasonOf(error: unknown): Degradation['reason'] {
  if (!isFailure(error)) return { code: 'InternalError', message: 'An internal error, which is in the log.' };
  const { code, message } = error.toBody();
  return { code, message };
}
