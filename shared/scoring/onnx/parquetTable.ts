import { open, type FileHandle } from 'node:fs/promises';
import {
  parquetMetadataAsync,
  parquetRead,
  parquetSchema,
  type AsyncBuffer,
  type FileMetaData,
} from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { InputFileError } from './inputFileError';
import { ParquetCells } from './parquetCells';
import type { TableBlock, TableReader } from './tableBlock';

/** Cells that are in memory at once, over all columns that are read, and the fewest rows that are worth a turn. */
const cellsHeld = 1 << 21;
const fewestRows = 1 << 13;

/** A Parquet file, of which some rows of some columns are in memory at a time. */
export class ParquetTable implements TableReader {
  readonly columns: readonly string[];
  /** The positions of columns that hold floats. */
  readonly floats: ReadonlySet<number>;

  private constructor(
    private readonly handle: FileHandle,
    private readonly file: AsyncBuffer,
    private readonly metadata: FileMetaData,
    private readonly firstRow: number,
  ) {
    const elements = parquetSchema(metadata).children.map(({ element }) => element);
    this.columns = elements.map(({ name }) => name);
    this.floats = new Set(elements.flatMap(({ type }, i) => (isFloat(type) ? [i] : [])));
  }

  /**
   * Opens a file and reads what it says of itself. Fails with `InputFileError` where that is not there. `firstRow` is
   * for a part of another file, as the number of its first row in that.
   */
  static async open(path: string, firstRow = 0): Promise<ParquetTable> {
    const handle = await open(path);
    try {
      const { size } = await handle.stat();
      if (size === 0) throw new InputFileError('the file is empty, and no Parquet file');
      const file = { byteLength: size, slice: (from: number, to = size) => bytesOf(handle, from, to) };
      return new ParquetTable(handle, file, await readable(parquetMetadataAsync(file)), firstRow);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  async *blocks(wanted: readonly number[]): AsyncIterable<TableBlock> {
    const names = wanted.map((column) => this.columns[column] ?? '');
    const most = Math.max(fewestRows, Math.floor(cellsHeld / Math.max(names.length, 1)));
    let first = 0;
    for (const group of this.metadata.row_groups) {
      const end = first + Number(group.num_rows);
      for (let from = first; from < end; from += most) {
        const to = Math.min(from + most, end);
        const cells = new Map<number, readonly unknown[]>();
        for (const [i, name] of names.entries()) cells.set(wanted[i] ?? 0, await this.column(name, from, to));
        yield new ParquetCells(cells, this, this.firstRow + from, to - from);
      }
      first = end;
    }
  }

  async close(): Promise<void> {
    await this.handle.close();
  }

  /** The values of a column from one row to before another, all of one row group. */
  private async column(name: string, from: number, to: number): Promise<readonly unknown[]> {
    const { file, metadata } = this;
    const values: unknown[] = new Array<unknown>(to - from);
    let found = 0;
    await readable(
      parquetRead({
        ...{ file, metadata, compressors, columns: [name], rowStart: from, rowEnd: to },
        // What is given are whole pages: they reach over both ends.
        onChunk: ({ columnData, rowStart, rowEnd }) => {
          const [start, end] = [Math.max(rowStart, from), Math.min(rowEnd, to)];
          for (let row = start; row < end; row++) values[row - from] = columnData[row - rowStart];
          found += Math.max(end - start, 0);
        },
      }),
    );
    if (found === to - from) return values;
    throw new InputFileError(`the column '${name}' has ${found} values where the file says ${to - from}`);
  }
}

function isFloat(type: string | undefined): boolean {
  return type === 'FLOAT' || type === 'DOUBLE';
}

async function bytesOf(handle: FileHandle, from: number, to: number): Promise<ArrayBuffer> {
  const bytes = new Uint8Array(to - from);
  const { bytesRead } = await handle.read(bytes, 0, bytes.length, from);
  return bytes.buffer.slice(0, bytesRead);
}

/** Whatever the reader does not like about a file is a fault of that file. */
async function readable<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputFileError(`the file is no Parquet that can be read: ${reason}`, { cause: error });
  }
}
