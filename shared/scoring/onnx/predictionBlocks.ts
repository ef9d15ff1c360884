import type { Block, BlockColumn, Cell } from '../../outputs/blocks/block';
import { floatText, halfText } from './numberText';
import type { Nested, PredictionTable, ValueType } from './predictionTable';

const mostCells = 1 << 20;

const types: Readonly<Record<ValueType, BlockColumn['type']>> = {
  half: 'double',
  float: 'double',
  double: 'double',
  integer: 'int64',
  boolean: 'bool',
  text: 'string',
};

/** The rows as blocks, a line of JSON each. `file` is the position of their file in the mini-batch. */
export function predictionBlocks({ rows, columns }: PredictionTable, file: number, firstRow = 0): string {
  const size = Math.max(1, Math.floor(mostCells / Math.max(columns.length, 1)));
  let lines = '';
  for (let from = 0; from < rows; from += size) {
    const count = Math.min(size, rows - from);
    const block: Block = {
      columns: columns.map(({ name, type, values }) => ({
        name,
        type: typeof values[0] === 'object' ? 'json' : types[type],
      })),
      values: columns.map(({ type, values }) =>
        Array.from({ length: count }, (_, i) => cellOf(values[from + i] ?? '', type)),
      ),
      ...{ count, row: firstRow + from, file, each: false, open: false },
    };
    lines += `${JSON.stringify(block)}\n`;
  }
  return lines;
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
      return real(Number(floatText(Number(value)).replace('inf', 'Infinity')));
    case 'half':
      return real(Number(halfText(Number(value)).replace('inf', 'Infinity')));
    case 'double':
      return real(Number(value));
  }
}

function real(value: number): Cell {
  if (Number.isFinite(value)) return value;
  return Number.isNaN(value) ? null : value > 0 ? 'inf' : '-inf';
}

function plainList(value: Nested, type: ValueType): unknown {
  if (typeof value === 'object') return value.map((one) => plainList(one, type));
  if (type === 'boolean') return Number(value) !== 0;
  return type === 'text' ? value : real(Number(value));
}
