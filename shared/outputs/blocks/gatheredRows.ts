import type { BlockColumn } from './block';
import type { StoredRows } from './parquetFile';

/** The most rows, values, and characters as blocks have them, that are gathered for one row group. */
const most = { rows: 65_536, values: 1 << 20, characters: 8 << 20 } as const;

/** Gathers the blocks of one mini-batch to row groups: what is small is written together, as far as its columns allow. */
export class GatheredRows {
  private columns: BlockColumn[] = [];
  private values: unknown[][] = [];
  private count = 0;
  private characters = 0;

  /** Adds rows. Answers those from before where they do not go together. */
  add(rows: StoredRows, characters: number): StoredRows | undefined {
    const merged = this.count === 0 ? rows.columns : this.mergedWith(rows);
    const before = merged === undefined || this.isFullWith(rows, characters) ? this.take() : undefined;
    this.columns = [...(before === undefined ? (merged ?? rows.columns) : rows.columns)];
    if (this.count === 0) this.values = rows.values.map(() => []);
    rows.values.forEach((cells, i) => {
      const values = this.values[i];
      for (const cell of cells) values?.push(cell);
    });
    this.count += rows.count;
    this.characters += characters;
    return before;
  }

  /** Takes out what is there. */
  take(): StoredRows | undefined {
    const { columns, values, count } = this;
    if (count === 0) return undefined;
    this.columns = [];
    this.values = [];
    this.count = 0;
    this.characters = 0;
    return { columns, values, count };
  }

  private isFullWith(rows: StoredRows, characters: number): boolean {
    const count = this.count + rows.count;
    return (
      count > most.rows ||
      count * rows.columns.length > most.values ||
      this.characters + characters > most.characters
    );
  }

  /** The columns of both; `undefined` where they are not the same. A column of nothing but nulls fits any. */
  private mergedWith({ columns }: StoredRows): BlockColumn[] | undefined {
    if (columns.length !== this.columns.length) return undefined;
    const merged = this.columns.map((column, i) => {
      const other = columns[i];
      if (other?.name !== column.name) return undefined;
      if (column.type === 'null') return other;
      return other.type === 'null' || other.type === column.type ? column : undefined;
    });
    return merged.includes(undefined) ? undefined : merged.filter((column) => column !== undefined);
  }
}
