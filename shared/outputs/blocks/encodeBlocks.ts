import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { parseBlock, type BlockColumn } from './block';
import { csvText } from './csvText';
import { fileLines } from './fileLines';
import { FileSchema } from './fileSchema';
import { jsonLines } from './jsonLines';
import { layoutText } from './layout';
import { outputTable, type OutputTable, type RowSource } from './outputTable';
import { parquetRows } from './parquetFile';
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
  const schema = new FileSchema(output.format);
  const layout: string[] = [];
  let written = 0;
  const target = openSync(order.rows, constants.O_WRONLY | constants.O_CREAT, 0o600);
  try {
    for (const line of fileLines(order.blocks, order.from, order.bytes)) {
      const block = parseBlock(line);
      const table = outputTable(block, source, output);
      const before = schema.columns;
      schema.take(table.columns, source.miniBatch);
      const { bytes, group } = encoded(table, block.row, output);
      if (output.format === 'parquet' || (output.format === 'csv' && before === undefined))
        layout.push(
          layoutText({
            miniBatch: source.miniBatch,
            columns: table.columns,
            ...(group === undefined ? {} : { offset: order.at + written, group }),
          }),
        );
      writeAll(target, bytes, order.at + written);
      written += bytes.length;
    }
  } finally {
    closeSync(target);
  }
  return { bytes: written, layout: layout.join(''), columns: schema.columns ?? [] };
}

function encoded(
  table: OutputTable,
  row: number,
  output: RowOutput,
): { bytes: Uint8Array; group?: ReturnType<typeof parquetRows>['facts'] } {
  if (output.format === 'parquet') {
    const { bytes, facts } = parquetRows(table, row);
    return { bytes, group: facts };
  }
  return { bytes: Buffer.from(output.format === 'csv' ? csvText(table, output) : jsonLines(table)) };
}

function writeAll(file: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length;)
    done += writeSync(file, bytes, done, bytes.length - done, position + done);
}
