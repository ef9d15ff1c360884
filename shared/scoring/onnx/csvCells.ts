import { integerOfText, isMissingText, numberOfText, truthOfText } from './cellText';
import { fieldText, type CsvRecords } from './csvRecords';
import { InputFileError, shown } from './inputFileError';
import { IntegerColumn } from './integerColumn';
import type { TableBlock } from './tableBlock';

const powersOfTen = Array.from({ length: 23 }, (_, exponent) => 10 ** exponent);

/** The cells of some records of a CSV file. */
export class CsvCells implements TableBlock {
  readonly rows: number;

  constructor(
    private readonly records: CsvRecords,
    private readonly columns: readonly string[],
  ) {
    this.rows = records.count;
  }

  numbers(column: number, from: number, to: number): Float64Array {
    const values = new Float64Array(to - from);
    for (let row = from; row < to; row++) {
      const plain = this.plainNumber(row, column);
      values[row - from] = plain === undefined ? this.oddNumber(row, column) : plain;
    }
    return values;
  }

  integers(column: number, from: number, to: number): BigInt64Array {
    const values = new IntegerColumn(to - from);
    for (let row = from; row < to; row++) {
      const plain = this.plainNumber(row, column);
      if (plain !== undefined && Number.isSafeInteger(plain)) values.set(row - from, plain);
      else values.setBig(row - from, this.oddInteger(row, column));
    }
    return values.values;
  }

  booleans(column: number, from: number, to: number): Uint8Array {
    return Uint8Array.from({ length: to - from }, (_, i) => {
      const truth = truthOfText(this.text(from + i, column));
      return truth ?? this.refuse(from + i, column, 'True or False');
    });
  }

  texts(column: number, from: number, to: number): string[] {
    return Array.from({ length: to - from }, (_, i) => this.text(from + i, column));
  }

  private text(row: number, column: number): string {
    return fieldText(this.records, row * this.columns.length + column);
  }

  /**
   * The number in a cell of digits and a point, so few that the division below gives the nearest number; `undefined`
   * for all others. No text is made for it, as most of the time of a large file would go into that.
   */
  private plainNumber(row: number, column: number): number | undefined {
    const { buffer, bounds } = this.records;
    const field = 2 * (row * this.columns.length + column);
    const to = bounds[field + 1] ?? 0;
    let at = bounds[field] ?? 0;
    const negative = buffer[at] === 0x2d;
    if (negative) at++;
    if (at >= to || to - at > 16) return undefined;
    let digits = 0;
    let places = -1;
    let count = 0;
    for (; at < to; at++) {
      const byte = buffer[at] ?? 0;
      if (byte >= 0x30 && byte <= 0x39) {
        digits = digits * 10 + (byte - 0x30);
        count++;
        if (places >= 0) places++;
      } else if (byte === 0x2e && places < 0) places = 0;
      else return undefined;
    }
    if (count === 0 || count > 15) return undefined;
    const value = places > 0 ? digits / (powersOfTen[places] ?? 1) : digits;
    return negative ? -value : value;
  }

  private oddNumber(row: number, column: number): number {
    return numberOfText(this.text(row, column)) ?? this.refuse(row, column, 'a number');
  }

  private oddInteger(row: number, column: number): bigint {
    const text = this.text(row, column);
    if (isMissingText(text)) return this.refuse(row, column, 'a whole number, which cannot be missing');
    const value = integerOfText(text);
    if (value !== undefined && BigInt.asIntN(64, value) === value) return value;
    return this.refuse(row, column, value === undefined ? 'a whole number' : 'a whole number of 64 bits');
  }

  refuse(row: number, column: number, wanted: string): never {
    const text = this.text(row, column);
    const found = text === '' ? 'an empty cell' : shown(text);
    const name = shown(this.columns[column] ?? '');
    throw new InputFileError(`${this.records.place(row)}, column ${name}: ${found} is not ${wanted}`);
  }
}
