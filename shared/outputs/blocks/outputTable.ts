import type { Block, BlockColumn, Cell, ColumnType } from './block';
import type { DeclaredColumn, RowOutput } from './rowOutput';
import { cast, jsonText } from './cells';
import { Misfit, shown } from './misfit';

/** The mini-batch that rows are of. */
export interface RowSource {
  readonly miniBatch: number;
  /** Paths relative to the input. */
  readonly files: readonly string[];
}

/** Rows as they are written, column by column. */
export interface OutputTable {
  readonly columns: readonly BlockColumn[];
  readonly values: readonly (readonly Cell[])[];
  readonly count: number;
}

/**
 * The rows of a block with the columns that the output is to have, in their order and types. Fails with a `Misfit`
 * that names column, row and value.
 */
export function outputTable(block: Block, source: RowSource, output: RowOutput): OutputTable {
  refuseTwice(block.columns, output);
  const given = new Map(block.columns.map(({ name }, i) => [name, i]));
  const columns: BlockColumn[] = [];
  const values: (readonly Cell[])[] = [];
  for (const name of output.include) {
    columns.push({ name, type: name === 'file' ? 'string' : 'int64' });
    values.push(includedValues(name, block, source));
  }
  const declared = output.columns ?? block.columns.map(({ name }) => ({ name }));
  if (block.open && declared.every(({ name }) => !given.has(name))) refuseMissing(declared[0], block);
  for (const column of declared) {
    const position = given.get(column.name);
    if (position === undefined && !block.open) refuseMissing(column, block);
    const { type, cells } = castColumn(column, position, block);
    columns.push({ name: column.name, type });
    values.push(cells);
  }
  return { columns, values, count: block.count };
}

function castColumn(
  { name, type }: DeclaredColumn,
  position: number | undefined,
  block: Block,
): { type: BlockColumn['type']; cells: readonly Cell[] } {
  const from = (position === undefined ? undefined : block.columns[position]?.type) ?? 'null';
  const cells = position === undefined ? undefined : block.values[position];
  if (cells === undefined)
    return { type: type ?? 'null', cells: Array.from({ length: block.count }, () => null) };
  if (type === undefined || type === from) return { type: from, cells };
  return {
    type,
    cells: cells.map((cell, i) => castOrRefuse(cell, from, { name, type, row: block.row + i })),
  };
}

function castOrRefuse(
  cell: Cell,
  from: BlockColumn['type'],
  { name, type, row }: { name: string; type: ColumnType; row: number },
): Cell {
  const value = cast(cell, from, type);
  if (value === undefined) throw misfit(name, row, jsonText(cell, from), type);
  return value;
}

/** A value, as JSON, that is none of the type of its column. */
export function misfit(column: string, row: number, value: string, type: ColumnType): Misfit {
  return new Misfit('ResultValueMisfit', { column, row, value: shown(value), type });
}

function refuseMissing(column: DeclaredColumn | undefined, { columns }: Block): never {
  const names = columns.map(({ name }) => `'${name}'`).join(', ');
  throw new Misfit('ResultColumnMissing', { column: column?.name ?? '', columns: names });
}

/** Included columns have names of their own, and a column of the result with the same name would be a second one. */
function refuseTwice(columns: readonly BlockColumn[], output: RowOutput): void {
  const names = new Set<string>(output.columns === undefined ? output.include : []);
  for (const { name } of columns) {
    if (names.has(name)) throw new Misfit('ResultColumnTwice', { column: name });
    names.add(name);
  }
}

function includedValues(
  name: RowOutput['include'][number],
  block: Block,
  { miniBatch, files }: RowSource,
): readonly Cell[] {
  const rows = Array.from({ length: block.count }, (_, i) => i);
  if (name === 'mini_batch') return rows.map(() => miniBatch);
  if (name === 'row') return rows.map((i) => block.row + i);
  const { file, each } = block;
  return rows.map((i) => (file === null ? null : (files[each ? file + i : file] ?? null)));
}
