import { type BatchpointError, isFailure } from '../errors/batchpointError';
import type { Stored } from '../registry/namedResources';
import { conflictPause } from '../stores/conflictPause';
import type { RowChange, TableStore } from '../stores/tableStore';
import { openRow, settledRow, versionRow, type Arrival, type SettledArrival } from './arrival';
import type { Trigger } from './trigger';
import { triggerKey, triggerPartition } from './triggerKeys';
import { noteWork } from './triggerWork';

/** An arrival that is to be noted, with the reason where it is to be left alone. */
export interface NewArrival extends Arrival {
  readonly reason?: BatchpointError;
}

/** Each takes two rows, and a group has a hundred at most. */
const mostAtOnce = 50;

/**
 * Notes arrivals of a trigger: each once, whoever notes it, and however often. Then that the trigger has something to do:
 * in this order, so that who dies in between is made up for by whoever notes them again.
 */
export async function noteArrivals(
  tables: TableStore,
  trigger: Stored<Trigger>,
  arrivals: readonly NewArrival[],
): Promise<void> {
  const partition = triggerPartition(triggerKey(trigger));
  const distinct = [...new Map(arrivals.map((each) => [versionRow(each), each])).values()];
  for (let from = 0; from < distinct.length; from += mostAtOnce)
    await noteGroup(tables, partition, distinct.slice(from, from + mostAtOnce));
  await noteWork(tables, trigger);
}

async function noteGroup(
  tables: TableStore,
  partition: string,
  arrivals: readonly NewArrival[],
): Promise<void> {
  let left = arrivals;
  for (let conflict = 1; left.length > 0; conflict++) {
    try {
      await tables.commit(partition, left.flatMap(rowsOf));
      return;
    } catch (error) {
      if (!isFailure(error, 'RowConflict')) throw error;
      // Some are known: another event told of them, or this attempt did and the answer was lost.
      const known = await Promise.all(left.map((each) => tables.get(partition, versionRow(each))));
      left = left.filter((_, i) => known[i] === undefined);
      if (conflict > 1) await conflictPause(conflict);
    }
  }
}

function rowsOf({ reason, ...arrival }: NewArrival): RowChange[] {
  const version: RowChange = { kind: 'insert', row: versionRow(arrival), value: {} };
  if (reason === undefined) return [version, { kind: 'insert', row: openRow(arrival), value: arrival }];
  const { code, message } = reason.toBody();
  const value: SettledArrival = { ...arrival, reason: { code, message }, settledAt: arrival.notedAt };
  return [version, { kind: 'insert', row: settledRow(arrival), value }];
}
