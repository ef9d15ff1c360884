import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { failure } from '../../errors/batchpointError';
import { checkRowKey, checkRowRange, encodeGroup, type EncodedChange } from '../rowLimits';
import type { Row, RowChange, RowRange, TableStore } from '../tableStore';
import type { LocalDatabase } from './localDatabase';
import { SharedTransactions } from './sharedTransactions';

const pageRows = 500;
/** Partitions that are looked into in one go. */
const mostPartitions = 100;
const pageCharacters = 1024 * 1024;

const insertRow = 'INSERT INTO rows VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING';
const putRow = 'INSERT OR REPLACE INTO rows VALUES (?, ?, ?, ?)';
const replaceRow = 'UPDATE rows SET etag = ?, value = ? WHERE partition = ? AND row = ? AND etag = ?';
const removeRow = 'DELETE FROM rows WHERE partition = ? AND row = ? AND etag = ?';
const readRow = 'SELECT row, etag, value FROM rows WHERE partition = ? AND row = ?';
const readRowOfEach =
  'SELECT asked.key AS place, rows.row, rows.etag, rows.value FROM json_each(?) AS asked ' +
  'CROSS JOIN rows ON rows.partition = asked.value AND rows.row = ?';
const readRows = 'SELECT row, etag, value FROM rows WHERE partition = ? AND row >= ? ORDER BY row LIMIT ?';
const readRowsBefore =
  'SELECT row, etag, value FROM rows WHERE partition = ? AND row >= ? AND row < ? ORDER BY row LIMIT ?';

/** Tables in the SQLite database of a state folder. */
export class LocalTableStore implements TableStore {
  private readonly transactions: SharedTransactions;

  constructor(private readonly database: LocalDatabase) {
    this.transactions = new SharedTransactions(database);
  }

  get<T>(partition: string, row: string): Promise<Row<T> | undefined> {
    return promised(() => {
      checkRowKey(partition);
      checkRowKey(row);
      this.transactions.finishBefore(partition);
      const found = this.database.row(readRow, partition, row);
      return found === undefined ? undefined : toRow<T>(found);
    });
  }

  /** One statement for many rows: of many short ones, most of the time is spent on the way to SQLite and back. */
  async getOfEach<T>(partitions: readonly string[], row: string): Promise<readonly (Row<T> | undefined)[]> {
    partitions.forEach(checkRowKey);
    checkRowKey(row);
    for (const partition of partitions) this.transactions.finishBefore(partition);
    const found = new Array<Row<T> | undefined>(partitions.length).fill(undefined);
    for (let from = 0; from < partitions.length; from += mostPartitions) {
      if (from > 0) await nextTurn();
      const asked = JSON.stringify(partitions.slice(from, from + mostPartitions));
      for (const each of this.database.allRows(readRowOfEach, asked, row))
        found[from + Number(each['place'])] = toRow<T>(each);
    }
    return found;
  }

  async *query<T>(partition: string, range: RowRange = {}): AsyncGenerator<Row<T>> {
    checkRowKey(partition);
    checkRowRange(range);
    let from = range.from ?? '';
    let left = range.limit ?? Number.MAX_SAFE_INTEGER;
    while (left > 0) {
      this.transactions.finishBefore(partition);
      const page = this.page<T>(partition, from, range.before, left);
      yield* page.rows;
      left -= page.rows.length;
      if (page.next === undefined || left === 0) return;
      from = page.next;
      await nextTurn();
    }
  }

  async commit(partition: string, changes: readonly RowChange[]): Promise<readonly string[]> {
    const group = encodeGroup(partition, changes);
    if (group.length === 0) return [];
    return this.transactions.run(partition, () => group.map((change) => this.make(partition, change)));
  }

  /** Makes what waits to be made. */
  finish(): void {
    this.transactions.finish();
  }

  /**
   * As many rows as fit into a page, so that a long stretch neither fills the memory nor holds up the
   * process.
   */
  private page<T>(partition: string, from: string, before: string | undefined, limit: number): RowPage<T> {
    const most = Math.min(limit, pageRows);
    const found =
      before === undefined
        ? this.database.rows(readRows, partition, from, most)
        : this.database.rows(readRowsBefore, partition, from, before, most);
    const rows: Row<T>[] = [];
    let characters = 0;
    let isFull = false;
    for (const each of found) {
      rows.push(toRow<T>(each));
      characters += String(each['value']).length;
      isFull = rows.length === most || characters > pageCharacters;
      if (isFull) break;
    }
    const last = rows.at(-1);
    // No key lies between a key and the same key with the lowest character behind it.
    return { rows, next: isFull && last !== undefined ? `${last.row}\u0000` : undefined };
  }

  private make(partition: string, { change, json }: EncodedChange): string {
    const { row } = change;
    const etag = change.kind === 'remove' ? '' : randomUUID();
    const isMade = (): boolean => {
      switch (change.kind) {
        case 'insert':
          return this.database.change(insertRow, partition, row, etag, json) === 1;
        case 'put':
          return this.database.change(putRow, partition, row, etag, json) === 1;
        case 'replace':
          return this.database.change(replaceRow, etag, json, partition, row, change.etag) === 1;
        case 'remove':
          return this.database.change(removeRow, partition, row, change.etag) === 1;
      }
    };
    if (!isMade()) throw failure('RowConflict', { row, partition }, { place: { field: row } });
    return etag;
  }
}

interface RowPage<T> {
  readonly rows: readonly Row<T>[];
  readonly next: string | undefined;
}

function toRow<T>(found: Record<string, unknown>): Row<T> {
  return {
    row: String(found['row']),
    etag: String(found['etag']),
    value: JSON.parse(String(found['value'])) as T,
  };
}

/** SQLite answers or throws at once, where the port promises. */
function promised<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => resolve(work()));
}
