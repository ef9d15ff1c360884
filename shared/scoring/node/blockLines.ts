import type { Block, BlockColumn, Cell } from '../../outputs/blocks/block';

/** A block holds so many rows, or fewer where there are many columns, or where its text is long. */
const most = { rows: 65_536, values: 1 << 20, bytes: 8 << 20 } as const;

/** Columns of one length. */
export interface NamedColumns {
  readonly columns: readonly BlockColumn[];
  readonly values: readonly (readonly Cell[])[];
  readonly count: number;
}

/** Of which files rows are, which of them is the first, and whether columns may be missing. */
export type BlockPlace = Pick<Block, 'file' | 'each' | 'row' | 'open'>;

/** Rows as lines for the host: blocks of the same size wherever the rows come from. */
export function* blockLines(rows: NamedColumns, place: BlockPlace): Generator<Buffer> {
  const width = Math.max(1, rows.columns.length);
  const size = Math.max(1, Math.min(most.rows, Math.floor(most.values / width)));
  for (let from = 0; from < rows.count; from += size)
    yield* stretchLines(rows, from, Math.min(rows.count, from + size), place);
}

function* stretchLines(rows: NamedColumns, from: number, to: number, place: BlockPlace): Generator<Buffer> {
  const block: Block = {
    ...place,
    columns: rows.columns,
    values: rows.values.map((cells) => cells.slice(from, to)),
    count: to - from,
    row: place.row + from,
    file: place.file === null || !place.each ? place.file : place.file + from,
  };
  const line = Buffer.from(`${JSON.stringify(block)}\n`);
  if (line.length <= most.bytes || to - from === 1) {
    yield line;
    return;
  }
  const middle = (from + to) >> 1;
  yield* stretchLines(rows, from, middle, place);
  yield* stretchLines(rows, middle, to, place);
}
