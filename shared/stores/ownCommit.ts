import { failure } from '../errors/batchpointError';
import { type BlobMetadata, isSameMetadata } from './blobMetadata';
import type { BlobStore, StagedParts } from './blobStore';

/** A blob as a commit is to leave it. */
export interface WantedBlob {
  readonly name: string;
  readonly size: number;
  readonly metadata: BlobMetadata;
}

/** What a commit of these parts is to leave. */
export function wantedBlob(name: string, parts: StagedParts, metadata: BlobMetadata): WantedBlob {
  return { name, size: bytesOf(parts), metadata };
}

/** The bytes of all parts. */
export function bytesOf(parts: StagedParts): number {
  return 'bytes' in parts ? parts.bytes : parts.reduce((sum, part) => sum + part.size, 0);
}

/**
 * Looks whether the commit is done already: by an earlier try whose answer was lost, or by another process
 * that was given the same work. `undefined` where the name is free; fails with `BlobExists` where something
 * else has it.
 */
export async function findOwnCommit(
  store: BlobStore,
  wanted: WantedBlob,
): Promise<{ readonly etag: string } | undefined> {
  const found = await store.stat(wanted.name);
  if (found === undefined) return undefined;
  if (found.size === wanted.size && isSameMetadata(found.metadata, wanted.metadata))
    return { etag: found.etag };
  throw failure('BlobExists', { name: wanted.name, store: store.url });
}
