/** The types that a column of an output may be declared with. */
export const columnTypes = [
  'bool',
  'int64',
  'double',
  'string',
  'bytes',
  'date',
  'timestamp',
  'json',
] as const;

export type ColumnType = (typeof columnTypes)[number];

/** A column of a block; one that holds nothing but nulls has no type of its own, and fits any. */
export interface BlockColumn {
  readonly name: string;
  readonly type: ColumnType | 'null';
}

/**
 * A value as a block holds it: `int64` beyond 2^53 as digits, `double` that is infinite as `inf` and `-inf`, `bytes`
 * in base64, `date` and `timestamp` in ISO 8601, `json` as its text.
 */
export type Cell = null | boolean | number | string;

/** Rows of one mini-batch, column by column: what a worker writes for its host to encode, one line of JSON each. */
export interface Block {
  readonly columns: readonly BlockColumn[];
  /** The values of each column. */
  readonly values: readonly (readonly Cell[])[];
  /** The number of rows. */
  readonly count: number;
  /** The number of the first row: in its file where that is a table, else among the elements that `run()` gave. */
  readonly row: number;
  /** The file that the rows are of, as its position in the mini-batch; `null` where that cannot be told. */
  readonly file: number | null;
  /** Whether each further row is of the next file. */
  readonly each: boolean;
  /** Whether columns may be missing: rows of dictionaries have the keys that they have. */
  readonly open: boolean;
}

/** Reads a line that a worker has written. Fails with a `SyntaxError` where it is no block. */
export function parseBlock(line: string): Block {
  const value = JSON.parse(line) as unknown;
  if (!isBlock(value)) throw new SyntaxError('it is no block of rows');
  return value;
}

function isBlock(value: unknown): value is Block {
  if (typeof value !== 'object' || value === null) return false;
  const { columns, values, count, row, file } = value as Record<string, unknown>;
  return (
    Array.isArray(columns) &&
    columns.every(isColumn) &&
    Array.isArray(values) &&
    values.length === columns.length &&
    values.every((cells) => Array.isArray(cells) && cells.length === count) &&
    Number.isSafeInteger(count) &&
    Number.isSafeInteger(row) &&
    (file === null || Number.isSafeInteger(file))
  );
}

function isColumn(value: unknown): boolean {
  const { name, type } = value as Record<string, unknown>;
  return typeof name === 'string' && (type === 'null' || columnTypes.some((known) => known === type));
}
