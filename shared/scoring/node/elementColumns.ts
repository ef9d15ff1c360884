import { types } from 'node:util';
import { floatText } from '../onnx/numberText';
import type { NamedColumns } from './blockLines';
import { typedCells, type TypedCells } from './cells';
import { ResultError } from './results';

type Shape = 'object' | 'array' | 'value';

const prediction = 'prediction';

/**
 * The columns of what run() gave back: the keys of objects, `prediction_0` and so on of arrays, else `prediction`. All
 * elements have to be of one of these kinds; one that is missing fits any.
 */
export function elementColumns(elements: ArrayLike<unknown>): NamedColumns & { readonly open: boolean } {
  const count = elements.length;
  const list = listOf(elements);
  const shape = commonShape(list);
  if (shape === 'value') return { ...named([[prediction, list]]), count, open: false };
  if (shape === 'array') {
    const rows = list.map((element) => (isMissing(element) ? [] : listOf(element as ArrayLike<unknown>)));
    const width = rows.reduce((most, { length }) => Math.max(most, length), 0);
    if (width === 0) throw noColumns();
    const columns = Array.from({ length: width }, (_, i) => rows.map((row) => row[i]));
    return { ...named(columns.map((column, i) => [`${prediction}_${i}`, column])), count, open: false };
  }
  const rows = list.map((element) => new Map(isMissing(element) ? [] : entriesOf(element)));
  const names = new Set(rows.flatMap((row) => [...row.keys()]));
  if (names.size === 0) throw noColumns();
  return { ...named([...names].map((name) => [name, rows.map((row) => row.get(name))])), count, open: true };
}

function named(
  columns: readonly (readonly [name: string, values: readonly unknown[]])[],
): Omit<NamedColumns, 'count'> {
  const typed = columns.map(([name, values]) => ({ name, ...readable(name, values) }));
  return {
    columns: typed.map(({ name, type }) => ({ name, type })),
    values: typed.map(({ cells }) => cells),
  };
}

function readable(name: string, values: readonly unknown[]): TypedCells {
  try {
    return typedCells(values);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ResultError(`a value of column '${name}' in the result of run() cannot be written: ${reason}`);
  }
}

function noColumns(): ResultError {
  return new ResultError('run() returned rows without columns, and there is nothing to write of them.');
}

function commonShape(elements: readonly unknown[]): Shape {
  const at = elements.findIndex((element) => !isMissing(element));
  if (at < 0) return 'value';
  const shape = shapeOf(elements[at]);
  const other = elements.findIndex((element) => !isMissing(element) && shapeOf(element) !== shape);
  if (other < 0) return shape;
  throw new ResultError(
    'run() returned elements of different kinds, which have no columns in common: ' +
      `element ${at} is an ${shape}, and element ${other} is an ${shapeOf(elements[other])}.`.replaceAll(
        'an value',
        'a value',
      ),
  );
}

/** Floats of 32 bits have the digits that tell them apart, and not those of the next number of 64 bits. */
function listOf(elements: ArrayLike<unknown>): unknown[] {
  return types.isFloat32Array(elements)
    ? Array.from(elements, (value) => (Number.isFinite(value) ? Number(floatText(value)) : value))
    : Array.from(elements);
}

function isMissing(element: unknown): element is null | undefined {
  return element === null || element === undefined;
}

function shapeOf(element: unknown): Shape {
  if (typeof element !== 'object' || element === null || Buffer.isBuffer(element)) return 'value';
  if (Array.isArray(element) || types.isTypedArray(element)) return 'array';
  return types.isDate(element) || types.isSet(element) || 'toJSON' in element ? 'value' : 'object';
}

function entriesOf(element: unknown): [string, unknown][] {
  if (!types.isMap(element)) return Object.entries(element as object);
  return [...element].map(([key, value]) => [String(key), value]);
}
