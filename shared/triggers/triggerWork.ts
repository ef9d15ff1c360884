import { isFailure } from '../errors/batchpointError';
import type { Stored } from '../registry/namedResources';
import type { Row, TableStore } from '../stores/tableStore';
import type { Trigger } from './trigger';
import { triggerKey, workPartition } from './triggerKeys';

/** A trigger that may have something to do. Its trigger may be gone: then its rows are to go too. */
export interface TriggerWork {
  readonly name: string;
  readonly createdAt: string;
}

/** Notes that a trigger may have something to do. Whoever notes arrivals does this after that. */
export async function noteWork(tables: TableStore, trigger: Stored<Trigger>): Promise<void> {
  const { name } = trigger;
  const value: TriggerWork = { name, createdAt: trigger.value.createdAt };
  await tables.commit(workPartition, [{ kind: 'put', row: triggerKey(trigger), value }]);
}

/** All triggers that may have something to do, by their keys. */
export function allWork(tables: TableStore): AsyncIterable<Row<TriggerWork>> {
  return tables.query<TriggerWork>(workPartition);
}

/** What is noted of the work of a trigger now. */
export function workOf(tables: TableStore, key: string): Promise<Row<TriggerWork> | undefined> {
  return tables.get<TriggerWork>(workPartition, key);
}

/**
 * Notes that a trigger has nothing to do, where nobody has noted anything since `seen` was read: whoever has looked for
 * work after reading it, and found none, has missed none then.
 */
export async function forgetWork(tables: TableStore, seen: Row<TriggerWork>): Promise<void> {
  try {
    await tables.commit(workPartition, [{ kind: 'remove', row: seen.row, etag: seen.etag }]);
  } catch (error) {
    if (!isFailure(error, 'RowConflict')) throw error;
  }
}
