/** What the cells of a column have to be: any number, a whole number, true or false, or a text. */
export type CellKind = 'number' | 'integer' | 'boolean' | 'text';

/**
 * Some rows of a table. Columns are found by their position, and read from one row to before another. Each fails with
 * `InputFileError`, naming place, column and value, where a cell is not of the kind.
 */
export interface TableBlock {
  readonly rows: number;
  /** A missing value is NaN. */
  numbers(column: number, from: number, to: number): Float64Array;
  integers(column: number, from: number, to: number): BigInt64Array;
  /** 1 and 0. */
  booleans(column: number, from: number, to: number): Uint8Array;
  /** A missing value is an empty text. */
  texts(column: number, from: number, to: number): string[];
  /** Fails for a cell that is not what was wanted. */
  refuse(row: number, column: number, wanted: string): never;
}

/** A table that is read block by block, each of which holds only until the next is asked for. */
export interface TableReader {
  readonly columns: readonly string[];
  /** `wanted` are the positions of the columns that will be read. */
  blocks(wanted: readonly number[]): AsyncIterable<TableBlock>;
  close(): Promise<void>;
}
