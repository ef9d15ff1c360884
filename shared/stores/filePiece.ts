import { buffer } from 'node:stream/consumers';
import { failure } from '../errors/batchpointError';
import type { BlobStore } from './blobStore';

/** A stretch of a file. */
export interface FilePiece {
  readonly bytes: Uint8Array;
  readonly offset: number;
  readonly size: number;
}

/** Bytes from one place on, up to and with another one where that is said; or the last ones of a file. */
export type ByteSpan = { readonly from: number; readonly to?: number } | { readonly last: number };

/** The most bytes that one answer carries; clients ask for a long file piece by piece. */
export const mostBytes = 8 * 1024 * 1024;

/**
 * A stretch of a blob, or all of it, at most `mostBytes` bytes; `undefined` where there is no such blob. Fails with
 * `RangeInvalid`.
 */
export async function readPiece(
  store: BlobStore,
  name: string,
  range: ByteSpan,
): Promise<FilePiece | undefined> {
  const present = await store.stat(name);
  if (present === undefined) return undefined;
  const { size } = present;
  const { offset, length } = placeOf(range, size);
  const wanted = Math.min(length, mostBytes);
  const bytes =
    wanted === 0 ? Buffer.alloc(0) : await buffer(await store.read(name, { offset, length: wanted }));
  return { bytes, offset, size };
}

function placeOf(range: ByteSpan, size: number): { offset: number; length: number } {
  if ('last' in range) {
    const length = Math.min(range.last, size);
    if (range.last === 0) throw failure('RangeInvalid', { range: '-0', size });
    return { offset: size - length, length };
  }
  const { from, to = size - 1 } = range;
  // Whoever reads piece by piece asks for a first one before knowing that there is nothing in the file.
  const isWhole = from === 0 && (range.to === undefined || size === 0);
  if (!isWhole && (from >= size || to < from))
    throw failure('RangeInvalid', { range: `${from}-${range.to ?? ''}`, size });
  return { offset: from, length: Math.min(to, size - 1) - from + 1 };
}
