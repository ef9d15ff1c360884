import { failure } from '../../../shared/errors/batchpointError';
import {
  checkRowKey,
  checkRowRange,
  encodeGroup,
  type EncodedChange,
} from '../../../shared/stores/rowLimits';
import type { Row, RowChange, RowRange, TableStore } from '../../../shared/stores/tableStore';

interface StoredRow {
  readonly etag: string;
  readonly json: string;
}

/** Rows in memory. Everything is done at once, when it is asked for. */
export class MemoryTableStore implements TableStore {
  private readonly partitions = new Map<string, Map<string, StoredRow>>();
  private writes = 0;

  /** `written` is told of each group that was written. */
  constructor(
    private readonly written: (partition: string, changes: readonly RowChange[]) => void = () => undefined,
  ) {}

  async get<T>(partition: string, row: string): Promise<Row<T> | undefined> {
    checkRowKey(partition);
    checkRowKey(row);
    const found = this.partitions.get(partition)?.get(row);
    return Promise.resolve(found && toRow<T>(row, found));
  }

  /** The value of a row as it is at this very moment. */
  peek<T>(partition: string, row: string): T | undefined {
    const found = this.partitions.get(partition)?.get(row);
    return found && toRow<T>(row, found).value;
  }

  getOfEach<T>(partitions: readonly string[], row: string): Promise<readonly (Row<T> | undefined)[]> {
    return Promise.all(partitions.map((partition) => this.get<T>(partition, row)));
  }

  async *query<T>(partition: string, range: RowRange = {}): AsyncGenerator<Row<T>> {
    yield* await this.page<T>(partition, range, Infinity);
  }

  /** The first rows of a stretch, at most so many. */
  async page<T>(partition: string, range: RowRange, most: number): Promise<Row<T>[]> {
    checkRowKey(partition);
    checkRowRange(range);
    const { from = '', before, limit = Infinity } = range;
    const rows = this.partitions.get(partition) ?? new Map<string, StoredRow>();
    return Promise.resolve(
      [...rows]
        .filter(([row]) => row >= from && (before === undefined || row < before))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .slice(0, Math.min(limit, most))
        .map(([row, stored]) => toRow<T>(row, stored)),
    );
  }

  async commit(partition: string, changes: readonly RowChange[]): Promise<readonly string[]> {
    const group = encodeGroup(partition, changes);
    if (group.length === 0) return [];
    const rows = this.partitions.get(partition) ?? new Map<string, StoredRow>();
    for (const { change } of group)
      if (!fits(change, rows.get(change.row))) throw conflict(partition, change.row);
    this.partitions.set(partition, rows);
    const etags = group.map((change) => this.make(rows, change));
    this.written(partition, changes);
    return Promise.resolve(etags);
  }

  private make(rows: Map<string, StoredRow>, { change, json }: EncodedChange): string {
    if (change.kind === 'remove') {
      rows.delete(change.row);
      return '';
    }
    const etag = `"${++this.writes}"`;
    rows.set(change.row, { etag, json });
    return etag;
  }
}

function fits(change: RowChange, present: StoredRow | undefined): boolean {
  if (change.kind === 'insert') return present === undefined;
  return change.kind === 'put' || present?.etag === change.etag;
}

function conflict(partition: string, row: string): Error {
  return failure('RowConflict', { partition, row }, { place: { field: row } });
}

function toRow<T>(row: string, { etag, json }: StoredRow): Row<T> {
  return { row, etag, value: JSON.parse(json) as T };
}
