import { writeFile } from 'node:fs/promises';
import {
  parquetScan,
  parquetSchema,
  type DecodedArray,
  type FileMetaData,
  type SchemaElement,
} from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { PieceReader } from '../../inputs/inputSource';
import { bufferOf, parquetFacts, storedElement } from '../../inputs/parquetFile';
import type { FilePart } from '../../planning/manifestEntry';

/**
 * Makes a Parquet file of some rows of one. Values go over as they are stored, and what they mean is written with them
 * as it was: no type changes, but for the timestamps of 96 bits that nobody writes any more.
 */
export async function makeParquetPart(
  reader: PieceReader,
  { from, to }: FilePart,
  target: string,
  signal: AbortSignal,
): Promise<void> {
  const facts = await parquetFacts(reader);
  const columns = await columnsOf(reader, facts, from, to);
  const writer = new ByteWriter();
  const file = new ParquetWriter({
    writer,
    schema: facts.schema.map((element) => written(storedElement(withoutInt96(element)))),
    // It is read once and removed.
    codec: 'UNCOMPRESSED',
    // Bounds would be those of the bytes, and not of what they mean.
    statistics: false,
    ...(facts.key_value_metadata && { kvMetadata: facts.key_value_metadata }),
    ...(facts.created_by !== undefined && { createdBy: facts.created_by }),
  });
  await file.write({ columnData: columns, rowGroupSize: to - from });
  file.schema = facts.schema.map(written);
  await file.finish();
  await writeFile(target, writer.getBytes(), { signal });
}

/** The values of all columns from one row to before another, as they are stored. */
async function columnsOf(
  reader: PieceReader,
  facts: FileMetaData,
  from: number,
  to: number,
): Promise<{ name: string; data: DecodedArray; offsetIndex: boolean }[]> {
  const scan = await parquetScan({
    file: bufferOf(reader),
    metadata: { ...facts, schema: facts.schema.map(storedElement) },
    compressors,
    utf8: false,
    geoparquet: false,
    parsers: { timestampFromNanoseconds: (nanoseconds: bigint) => nanoseconds },
  });
  const ranges = scan.ranges
    .map(({ rowStart, rowEnd }) => ({ rowStart: Math.max(rowStart, from), rowEnd: Math.min(rowEnd, to) }))
    .filter(({ rowStart, rowEnd }) => rowStart < rowEnd);
  const columns = [];
  for (const { element } of parquetSchema(facts).children) {
    const pieces: DecodedArray[] = [];
    for (const range of ranges) pieces.push(await scan.readColumn({ column: element.name, ...range }));
    const [only = []] = pieces;
    const data = pieces.length === 1 ? only : pieces.flatMap((piece) => Array.from<unknown>(piece));
    columns.push({ name: element.name, data, offsetIndex: false });
  }
  return columns;
}

/** Timestamps of 96 bits can only be read: they are written as nanoseconds of 64 bits. */
function withoutInt96(element: SchemaElement): SchemaElement {
  if (element.type !== 'INT96') return element;
  const timestamp = { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'NANOS' } as const;
  return { ...element, type: 'INT64', logical_type: timestamp };
}

type WrittenElement = ConstructorParameters<typeof ParquetWriter>[0]['schema'][number];

/** The element as the new file says it. Integers are told by their older mark alone, which all readers know. */
function written(element: SchemaElement): WrittenElement {
  const { logical_type: logical, ...rest } = withoutInt96(element);
  if (logical === undefined) return rest;
  if (logical.type === 'FILE') throw new Error('it has files in its cells');
  if (logical.type !== 'INTEGER') return { ...rest, logical_type: logical };
  const mark = `${logical.isSigned ? 'INT' : 'UINT'}_${logical.bitWidth}` as WrittenElement['converted_type'];
  return { ...rest, ...(mark !== undefined && { converted_type: mark }) };
}
