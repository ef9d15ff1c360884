import type { ParquetWriter } from 'hyparquet-writer';

/** The parts of a Parquet file as the writer has them. */
export type SchemaElement = ParquetWriter['schema'][number];
export type RowGroup = ParquetWriter['row_groups'][number];
export type ColumnChunk = RowGroup['columns'][number];

type ColumnMetadata = NonNullable<ColumnChunk['meta_data']>;

export type Encoding = ColumnMetadata['encodings'][number];
export type PageType = NonNullable<ColumnMetadata['encoding_stats']>[number]['page_type'];
