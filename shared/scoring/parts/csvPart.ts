import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PieceReader } from '../../inputs/inputSource';
import type { FilePart } from '../../planning/manifestEntry';

type CsvStretches = NonNullable<FilePart['bytes']>;

/** Makes a CSV file of a part of one: its header, and its rows as they are. */
export async function makeCsvPart(
  file: PieceReader,
  { header, from, to }: CsvStretches,
  target: string,
  signal: AbortSignal,
): Promise<void> {
  const stretches = [
    { offset: 0, length: header },
    { offset: from, length: to - from },
  ];
  await pipeline(joined(file, stretches), createWriteStream(target), { signal });
}

async function* joined(
  file: PieceReader,
  stretches: readonly { offset: number; length: number }[],
): AsyncGenerator<Buffer> {
  for (const stretch of stretches) {
    let left = stretch.length;
    if (left === 0) continue;
    const stream: Readable = await file.read(stretch);
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      left -= chunk.length;
      yield chunk;
    }
    if (left !== 0) throw new Error('the file is shorter than it was');
  }
}
