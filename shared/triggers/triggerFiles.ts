import { failure } from '../errors/batchpointError';
import type { Stored } from '../registry/namedResources';
import type { TableStore } from '../stores/tableStore';
import { openRows, settledRows, type SettledArrival } from './arrival';
import type { Trigger } from './trigger';
import { triggerKey, triggerPartition } from './triggerKeys';

/** What became of a version of a file that landed: it waits, has a job, or got none for a reason. */
export type TriggerFile = Omit<SettledArrival, 'settledAt'> & Partial<Pick<SettledArrival, 'settledAt'>>;

/** A page of the files of a trigger, and the token of the next page. */
export interface TriggerFilePage {
  readonly files: readonly TriggerFile[];
  readonly next?: string;
}

/**
 * A page of what landed for a trigger: what waits, in the order in which it was noted, and behind it what does not, the
 * file that landed last first. Fails with `PageTokenInvalid`.
 */
export async function triggerFiles(
  tables: TableStore,
  trigger: Stored<Trigger>,
  size: number,
  token?: string,
): Promise<TriggerFilePage> {
  if (token !== undefined && !/^(?:open|settled)-\d{14}-[0-9a-f]{32}$/.test(token))
    throw failure('PageTokenInvalid', { token });
  // No other rows of a trigger lie between those that are open and those that are settled.
  const range = { from: token ?? openRows.from, before: settledRows.before, limit: size + 1 };
  const rows: { readonly row: string; readonly value: TriggerFile }[] = [];
  for await (const each of tables.query<TriggerFile>(triggerPartition(triggerKey(trigger)), range))
    rows.push(each);
  const next = rows[size]?.row;
  return { files: rows.slice(0, size).map(({ value }) => value), ...(next === undefined ? {} : { next }) };
}
