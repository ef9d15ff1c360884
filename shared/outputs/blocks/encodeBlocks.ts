import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { parseBlock, type BlockColumn } from './block';
import { csvText } from './csvText';
import { fileLines } from './fileLines';
import { FileSchema } from './fileSchema';
import { GatheredRows } from './gatheredRows';
import { jsonLines } from './jsonLines';
import { layoutText, type LayoutLine } from './layout';
import { outputTable, type RowSource } from './outputTable';
import { rowGroup, storedRows, type StoredRows } from './parquetFile';
import type { RowOutput } from './rowOutput';

/** The blocks of one mini-batch, and where the rows that they become go. */
export interface EncodeOrder {
  readonly source: RowSource;
  readonly output: RowOutput;
  /** The file that the worker writes, and the bytes in it that are of this mini-batch. */
  readonly blocks: string;
  readonly from: number;
  readonly bytes: number;
  /** The file of encoded rows, and where in it they begin. */
  readonly rows: string;
  readonly at: number;
}

/** What an order has come to. */
export interface EncodedRows {
  readonly bytes: number;
  /** The lines that this mini-batch adds to the layout of its claim. */
  readonly layout: string;
  /** The columns of its rows; none where it has no rows. */
  readonly columns: readonly BlockColumn[];
}

/**
 * Encodes the blocks of a mini-batch, one at a time. Fails with a `Misfit` where the rows cannot be written as the output
 * is to be; what it has written by then is overwritten by whoever comes next.
 */
export function encodeBlocks(order: EncodeOrder): EncodedRows {
  const { source, output } = order;
  const { miniBatch } = source;
  const target = openSync(order.rows, constants.O_WRONLY | constants.O_CREAT, 0o600);
  const schema = new FileSchema(output.format);
  const gathered = new GatheredRows();
  const layout: LayoutLine[] = [];
  let written = 0;
  const write = (bytes: Uint8Array): void => {
    writeAll(target, bytes, order.at + written);
    written += bytes.length;
  };
  const writeGroup = (rows: StoredRows | undefined): void => {
    if (rows === undefined) return;
    const { bytes, facts } = rowGroup(rows);
    layout.push({ miniBatch, columns: rows.columns, offset: order.at + written, group: facts });
    write(bytes);
  };
  try {
    for (const line of fileLines(order.blocks, order.from, order.bytes)) {
      const block = parseBlock(line);
      const table = outputTable(block, source, output);
      schema.take(table.columns, miniBatch);
      if (output.format === 'parquet') writeGroup(gathered.add(storedRows(table, block.row), line.length));
      else write(Buffer.from(output.format === 'csv' ? csvText(table, output) : jsonLines(table)));
    }
    writeGroup(gathered.take());
  } finally {
    closeSync(target);
  }
  const { columns = [] } = schema;
  if (output.format === 'csv' && columns.length > 0) layout.push({ miniBatch, columns });
  return { bytes: written, layout: layout.map(layoutText).join(''), columns };
}

function writeAll(file: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length;)
    done += writeSync(file, bytes, done, bytes.length - done, position + done);
}
