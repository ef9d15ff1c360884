import { types } from 'node:util';
import type { BlockColumn, Cell } from '../../outputs/blocks/block';
import { plain } from './rowOf';

/** Values with the type of a column that holds them. */
export interface TypedCells {
  readonly type: BlockColumn['type'];
  readonly cells: readonly Cell[];
}

/** The type of a column that holds these values, and the values as a block has them. */
export function typedCells(values: readonly unknown[]): TypedCells {
  const typed = values.map(cellOf);
  const found = new Set(typed.map(({ type }) => type));
  found.delete('null');
  const [only] = found;
  if (only === undefined) return { type: 'null', cells: typed.map(() => null) };
  if (found.size === 1) return { type: only, cells: typed.map(({ cell }) => cell) };
  const texts = typed.map(({ type, cell }) =>
    cell === null || type === 'json' || type === 'int64' ? cell : JSON.stringify(cell),
  );
  return { type: 'json', cells: texts.map((text) => (text === null ? null : String(text))) };
}

/** Type and value of one cell: numbers are `double`, as JavaScript has no others but `bigint`. */
function cellOf(value: unknown): { readonly type: BlockColumn['type']; readonly cell: Cell } {
  switch (typeof value) {
    case 'boolean':
      return { type: 'bool', cell: value };
    case 'number':
      return Number.isNaN(value) ? missing : { type: 'double', cell: realCell(value) };
    case 'bigint':
      return { type: 'int64', cell: wholeCell(value) };
    case 'string':
      return { type: 'string', cell: value };
    case 'object':
      return value === null ? missing : objectCell(value);
    case 'undefined':
      return missing;
    default:
      throw new TypeError(`it is a ${typeof value}`);
  }
}

const missing = { type: 'null', cell: null } as const;

function objectCell(value: object): ReturnType<typeof cellOf> {
  if (types.isDate(value)) {
    return Number.isNaN(value.getTime()) ? missing : { type: 'timestamp', cell: value.toISOString() };
  }
  if (Buffer.isBuffer(value)) return { type: 'bytes', cell: value.toString('base64') };
  const text: unknown = JSON.stringify(value, plain);
  if (typeof text !== 'string') throw new TypeError('it has no JSON');
  // A toJSON() that gives text, as that of a URL, means the text.
  return text.startsWith('"')
    ? { type: 'string', cell: JSON.parse(text) as string }
    : { type: 'json', cell: text };
}

/** An infinite number as text, as JSON has none. */
export function realCell(value: number): Cell {
  return Number.isFinite(value) ? value : value > 0 ? 'inf' : '-inf';
}

/** A whole number; as digits where a number of JSON would not keep it. */
export function wholeCell(value: bigint): Cell {
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}
