import { createHash } from 'node:crypto';
import { removeRow } from '../stores/removeRow';
import type { TableStore } from '../stores/tableStore';

interface ClearedContent {
  readonly prefix: string;
  readonly since: string;
}

const partition = 'cleared-contents';

/** Whether a content that no version named is being cleared away, or was. */
export async function isClearedAway(tables: TableStore, prefix: string): Promise<boolean> {
  return (await tables.get(partition, rowOf(prefix))) !== undefined;
}

/** Notes that a content is to be cleared away: no version is made of it from then on. */
export async function noteClearing(tables: TableStore, prefix: string, now: Date): Promise<void> {
  const value: ClearedContent = { prefix, since: now.toISOString() };
  await tables.commit(partition, [{ kind: 'put', row: rowOf(prefix), value }]);
}

/** Takes such a note back. */
export function forgetClearing(tables: TableStore, prefix: string): Promise<void> {
  return removeRow(tables, partition, rowOf(prefix));
}

/** Forgets notes that are older than this: whoever took such a content in has been given up. */
export async function forgetClearings(tables: TableStore, before: Date): Promise<void> {
  for await (const { row, value } of tables.query<ClearedContent>(partition))
    if (new Date(value.since) < before) await removeRow(tables, partition, row);
}

function rowOf(prefix: string): string {
  return createHash('sha256').update(prefix).digest('hex');
}
