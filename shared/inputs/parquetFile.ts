import { buffer } from 'node:stream/consumers';
import { parquetMetadataAsync, type AsyncBuffer, type FileMetaData, type SchemaElement } from 'hyparquet';
import type { PieceReader } from './inputSource';

/** A file that is read piece by piece, as readers of Parquet ask for it. */
export function bufferOf(reader: PieceReader): AsyncBuffer {
  return {
    byteLength: reader.size,
    slice: async (start, end = reader.size) => {
      const bytes = await buffer(await reader.read({ offset: start, length: end - start }));
      return new Uint8Array(bytes).buffer;
    },
  };
}

/** What a Parquet file says of itself at its end. Throws where it is none, or is cut off. */
export function parquetFacts(reader: PieceReader): Promise<FileMetaData> {
  return parquetMetadataAsync(bufferOf(reader), { geoparquet: false });
}

/** Types of which values cannot be taken over into another file exactly as they are. */
const inexact = ['MAP', 'VARIANT', 'FILE'];

/** Whether rows of a file can be written as a file of the same types. */
export function canBeSplit({ schema }: FileMetaData): boolean {
  return !schema.some(
    ({ converted_type: converted, logical_type: logical }) =>
      converted === 'MAP' || (logical !== undefined && inexact.includes(logical.type)),
  );
}

/** The element of a schema as its values are stored, without what they mean; groups keep what they are. */
export function storedElement(element: SchemaElement): SchemaElement {
  const { converted_type: _, logical_type: __, ...stored } = element;
  return stored.num_children === undefined ? stored : element;
}
