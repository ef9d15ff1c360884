import { integerOfText, numberOfText, truthOfText } from './cellText';
import { InputFileError, shown } from './inputFileError';
import { IntegerColumn } from './integerColumn';
import { doubleText } from './numberText';
import type { TableBlock } from './tableBlock';

/** The cells of some rows of a Parquet file. */
export class ParquetCells implements TableBlock {
  constructor(
    /** Values by the positions of columns. */
    private readonly values: ReadonlyMap<number, readonly unknown[]>,
    /** Names of all columns, and the positions of those that hold floats. */
    private readonly table: { readonly columns: readonly string[]; readonly floats: ReadonlySet<number> },
    /** The number of the first row in the file. */
    private readonly firstRow: number,
    readonly rows: number,
  ) {}

  numbers(column: number, from: number, to: number): Float64Array {
    const cells = this.cells(column);
    const numbers = new Float64Array(to - from);
    for (let row = from; row < to; row++) {
      const value = cells[row];
      numbers[row - from] =
        typeof value === 'number' ? value : isMissing(value) ? NaN : this.asNumber(value, row, column);
    }
    return numbers;
  }

  integers(column: number, from: number, to: number): BigInt64Array {
    const cells = this.cells(column);
    const integers = new IntegerColumn(to - from);
    for (let row = from; row < to; row++) {
      const cell = cells[row];
      const value = typeof cell === 'string' ? integerOfText(cell) : cell;
      if (typeof value === 'bigint' && BigInt.asIntN(64, value) === value) integers.setBig(row - from, value);
      else if (typeof value === 'number' && Number.isSafeInteger(value)) integers.set(row - from, value);
      else if (typeof value === 'boolean') integers.set(row - from, Number(value));
      else this.refuse(row, column, 'a whole number of 64 bits');
    }
    return integers.values;
  }

  booleans(column: number, from: number, to: number): Uint8Array {
    const cells = this.cells(column);
    return Uint8Array.from({ length: to - from }, (_, i) => {
      const value = cells[from + i];
      if (value === true || value === 1 || value === 1n) return 1;
      if (value === false || value === 0 || value === 0n) return 0;
      const truth = typeof value === 'string' ? truthOfText(value) : undefined;
      return truth ?? this.refuse(from + i, column, 'true or false');
    });
  }

  texts(column: number, from: number, to: number): string[] {
    const cells = this.cells(column);
    return Array.from({ length: to - from }, (_, i) => {
      const value = cells[from + i];
      if (typeof value === 'string') return value;
      if (isMissing(value)) return '';
      if (typeof value === 'bigint') return String(value);
      if (typeof value === 'boolean') return value ? 'True' : 'False';
      if (typeof value === 'number') return this.table.floats.has(column) ? doubleText(value) : String(value);
      return this.refuse(from + i, column, 'a text');
    });
  }

  private cells(column: number): readonly unknown[] {
    return this.values.get(column) ?? [];
  }

  private asNumber(value: unknown, row: number, column: number): number {
    if (typeof value === 'bigint' || typeof value === 'boolean') return Number(value);
    const number = typeof value === 'string' ? numberOfText(value) : undefined;
    return number ?? this.refuse(row, column, 'a number');
  }

  refuse(row: number, column: number, wanted: string): never {
    const value = this.cells(column)[row];
    const found = isMissing(value) ? 'a missing value' : shown(textOf(value));
    throw new InputFileError(
      `row ${this.firstRow + row}, column ${shown(this.table.columns[column] ?? '')}: ${found} is not ${wanted}`,
    );
  }
}

function isMissing(value: unknown): boolean {
  return value === null || value === undefined;
}

function textOf(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'string') return value;
  if (typeof value === 'bigint') return String(value);
  return JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? String(one) : one));
}
