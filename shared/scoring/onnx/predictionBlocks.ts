import type { BlockColumn, Cell } from '../../outputs/blocks/block';
import { blockLines } from '../node/blockLines';
import { floatText, halfText } from './numberText';
import type { Nested, PredictionColumn, PredictionTable, ValueType } from './predictionTable';

const types: Readonly<Record<ValueType, BlockColumn['type']>> = {
  half: 'double',
  float: 'double',
  double: 'double',
  integer: 'int64',
  boolean: 'bool',
  text: 'string',
};

/** The rows as blocks, a line of JSON each. `file` is the position of their file in the mini-batch. */
export function predictionBlocks(
  { rows, columns }: PredictionTable,
  file: number,
  firstRow = 0,
): Iterable<Buffer> {
  const named = {
    columns: columns.map(({ name, type, values }) => ({
      name,
      type: typeof values[0] === 'object' ? ('json' as const) : types[type],
    })),
    values: columns.map((column) => cellsOf(column, rows)),
    count: rows,
  };
  return blockLines(named, { file, each: false, row: firstRow, open: false });
}

function cellsOf({ values, type }: PredictionColumn, rows: number): Cell[] {
  return Array.from({ length: rows }, (_, row) => cellOf(values[row] ?? '', type));
}

function cellOf(value: Nested, type: ValueType): Cell {
  if (typeof value === 'object') return JSON.stringify(plainList(value, type));
  switch (type) {
    case 'text':
      return String(value);
    case 'boolean':
      return Number(value) !== 0;
    case 'integer':
      return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
    // Floats have the digits that tell them apart, and not those of the next number of 64 bits.
    case 'float':
      return real(Number(value), floatText);
    case 'half':
      return real(Number(value), halfText);
    case 'double':
      return real(Number(value));
  }
}

function real(value: number, text?: (value: number) => string): Cell {
  if (Number.isFinite(value)) return text === undefined ? value : Number(text(value));
  return Number.isNaN(value) ? null : value > 0 ? 'inf' : '-inf';
}

function plainList(value: Nested, type: ValueType): unknown {
  if (typeof value === 'object') return value.map((one) => plainList(one, type));
  if (type === 'boolean') return Number(value) !== 0;
  return type === 'text' ? value : real(Number(value));
}
