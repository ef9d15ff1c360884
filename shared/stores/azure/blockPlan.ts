import { createHash } from 'node:crypto';
import type { BlobMetadata } from '../blobMetadata';
import type { StagedPart, StagedParts } from '../blobStore';

/**
 * A stretch of a part that becomes one block. `length` is in bytes, and never 0: the service takes no empty
 * block.
 */
export interface Block {
  readonly id: string;
  readonly part: StagedPart;
  readonly offset: number;
  readonly length: number;
}

/**
 * Cuts parts into blocks, in their order, and gives `most` of them at a time. `blockBytes` says how large those of a
 * part may be.
 */
export async function* planBlocks(
  parts: StagedParts,
  mark: string,
  blockBytes: (part: StagedPart) => number,
  most: number,
): AsyncGenerator<readonly Block[]> {
  let blocks: Block[] = [];
  let planned = 0;
  for await (const part of parts) {
    const size = blockBytes(part);
    for (let offset = 0; offset < part.size; offset += size) {
      if (blocks.length === most) {
        yield blocks;
        blocks = [];
      }
      blocks.push({
        id: blockId(mark, planned++),
        part,
        offset,
        length: Math.min(size, part.size - offset),
      });
    }
  }
  yield blocks;
}

/**
 * Marks the blocks of one commit. The same commit tried again gives the same mark, so its blocks replace
 * those of the first try; another commit to the same name gives another, so neither can take the other's
 * bytes for its own.
 */
export async function markOf(parts: StagedParts, metadata: BlobMetadata): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(Object.entries(metadata).sort()));
  for await (const { store, name, size } of parts) hash.update(JSON.stringify([store.url, name, size]));
  return hash.digest('hex').slice(0, 24);
}

/** All ids of a blob must have one length. */
export function blockId(mark: string, position: number): string {
  return Buffer.from(`${mark}-${String(position).padStart(8, '0')}`).toString('base64');
}

/** Whether a block is its whole part. */
export function isWholePart({ part, offset, length }: Block): boolean {
  return offset === 0 && length === part.size;
}
