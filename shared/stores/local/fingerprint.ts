import type { BigIntStats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';

let lastStamp = 0;

/**
 * Which version of a file this is: it changes with every write, by whomever. It serves as ETag, and as the
 * key of a blob's metadata: a file that someone put in the blob's place has none.
 */
export function fingerprintOf(file: BigIntStats): string {
  return `${file.ino.toString(36)}-${file.size.toString(36)}-${file.mtimeNs.toString(36)}`;
}

/**
 * Gives a file a time of change that no other of this store has. The file system's own clock ticks every few
 * milliseconds, and a number of an inode is given again at once: without this, a blob replaced twice within a
 * tick could look like its first version.
 */
export async function stamp(file: FileHandle): Promise<void> {
  const microsecond = 0.001;
  lastStamp = Math.max(Date.now() + Math.random(), lastStamp + microsecond);
  await file.utimes(lastStamp / 1000, lastStamp / 1000);
}
