import { parquetMetadata, parquetReadObjects, type FileMetaData } from 'hyparquet';

/** What a Parquet file holds, read by another library than the one that has written it. */
export async function readParquet(
  bytes: Uint8Array,
): Promise<{ rows: Record<string, unknown>[]; metadata: FileMetaData }> {
  const file = Uint8Array.from(bytes).buffer;
  return { rows: await parquetReadObjects({ file, utf8: false }), metadata: parquetMetadata(file) };
}
