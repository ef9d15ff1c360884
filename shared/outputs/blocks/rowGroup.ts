import type { ColumnChunk, Encoding, PageType, RowGroup } from './parquetModel';
import { elementOf } from './parquetTypes';
import type { BlockColumn } from './block';

/** What the footer of a Parquet file says of one column of a row group; offsets begin at that of the row group. */
export interface ChunkFacts {
  readonly values: number;
  readonly bytes: number;
  readonly unpackedBytes: number;
  readonly offset: number;
  readonly dictionary?: number;
  readonly encodings: readonly Encoding[];
  readonly pages: readonly { readonly type: PageType; readonly encoding: Encoding; readonly count: number }[];
  readonly nulls?: number;
  /** The smallest and the largest value, as text where JSON would not keep them. */
  readonly least?: string | number | boolean;
  readonly most?: string | number | boolean;
}

/** What the footer of a Parquet file says of one row group, before it is known where in the file that lies. */
export interface RowGroupFacts {
  readonly rows: number;
  readonly bytes: number;
  readonly unpackedBytes: number;
  readonly columns: readonly ChunkFacts[];
}

/** Bounds are to help, and long ones would only make the footer long. */
const longestBound = 64;

/** The facts of a row group that was written from `start` on. */
export function factsOf(group: RowGroup, start: number): RowGroupFacts {
  return {
    rows: Number(group.num_rows),
    bytes: Number(group.total_compressed_size),
    unpackedBytes: Number(group.total_byte_size),
    columns: group.columns.map((chunk) => chunkFacts(chunk, start)),
  };
}

function chunkFacts({ meta_data: data }: ColumnChunk, start: number): ChunkFacts {
  if (data === undefined) throw new Error('a column of a row group has no metadata');
  const { dictionary_page_offset: dictionary, statistics = {} } = data;
  const least = bound(statistics.min_value);
  const most = bound(statistics.max_value);
  return {
    values: Number(data.num_values),
    bytes: Number(data.total_compressed_size),
    unpackedBytes: Number(data.total_uncompressed_size),
    offset: Number(data.data_page_offset) - start,
    ...(dictionary === undefined ? {} : { dictionary: Number(dictionary) - start }),
    encodings: data.encodings,
    pages: (data.encoding_stats ?? []).map(({ page_type: type, encoding, count }) => ({
      type,
      encoding,
      count,
    })),
    ...(statistics.null_count === undefined ? {} : { nulls: Number(statistics.null_count) }),
    ...(least === undefined || most === undefined ? {} : { least, most }),
  };
}

function bound(value: unknown): ChunkFacts['least'] {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'bigint' || typeof value === 'number')
    return Object.is(value, -0) ? '-0' : String(value);
  return typeof value === 'string' && value.length <= longestBound ? value : undefined;
}

/** The row group as the footer of a file has it, where it lies at `start` and has the columns of the whole file. */
export function rowGroupAt(facts: RowGroupFacts, start: number, columns: readonly BlockColumn[]): RowGroup {
  return {
    num_rows: BigInt(facts.rows),
    total_byte_size: BigInt(facts.unpackedBytes),
    total_compressed_size: BigInt(facts.bytes),
    columns: facts.columns.map((chunk, i) => chunkAt(chunk, start, columns[i])),
  };
}

function chunkAt(chunk: ChunkFacts, start: number, column: BlockColumn | undefined): ColumnChunk {
  const { name = '', type = 'null' } = column ?? {};
  const first = chunk.dictionary ?? chunk.offset;
  return {
    file_offset: BigInt(start + first),
    meta_data: {
      type: elementOf(type).type,
      encodings: [...chunk.encodings],
      path_in_schema: [name],
      codec: 'SNAPPY',
      num_values: BigInt(chunk.values),
      total_compressed_size: BigInt(chunk.bytes),
      total_uncompressed_size: BigInt(chunk.unpackedBytes),
      data_page_offset: BigInt(start + chunk.offset),
      ...(chunk.dictionary === undefined ? {} : { dictionary_page_offset: BigInt(start + chunk.dictionary) }),
      statistics: {
        ...(chunk.nulls === undefined ? {} : { null_count: BigInt(chunk.nulls) }),
        ...(chunk.least === undefined || chunk.most === undefined
          ? {}
          : { min_value: boundOf(chunk.least, type), max_value: boundOf(chunk.most, type) }),
      },
      encoding_stats: chunk.pages.map(({ type: page, encoding, count }) => ({
        page_type: page,
        encoding,
        count,
      })),
    },
  };
}

function boundOf(
  value: string | number | boolean,
  type: BlockColumn['type'],
): string | number | boolean | bigint {
  if (type === 'int64' || type === 'timestamp') return BigInt(value);
  return type === 'double' || type === 'date' ? Number(value) : value;
}
