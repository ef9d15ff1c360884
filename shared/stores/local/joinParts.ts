import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { failure } from '../../errors/batchpointError';
import type { StagedPart, StagedParts } from '../blobStore';
import { isFileMissing } from '../fileErrors';
import { LargeWrites } from './largeWrites';

/**
 * Up to this size a part is read at a stroke: the way through the thread pool takes longer than the reading.
 */
const smallPart = 64 * 1024;
/** Milliseconds after which the process gets a turn for other work. */
const longestStroke = 5;
const flags = constants.O_RDONLY | constants.O_NONBLOCK;

/**
 * Writes the bytes of the parts, one behind the other, into a file, in one pass with large reads and writes.
 */
export async function joinParts(parts: StagedParts, file: FileHandle): Promise<void> {
  const writes = new LargeWrites(file);
  let turnEnds = performance.now() + longestStroke;
  for await (const part of parts) {
    const path = part.store.localPath?.(part.name);
    if (path === undefined) await appendStream(writes, part);
    else if (part.size > smallPart) await appendLargeFile(writes, part, path);
    else appendSmallFile(await writes.room(part.size), writes, part, path);
    if (performance.now() > turnEnds) {
      await nextTurn();
      turnEnds = performance.now() + longestStroke;
    }
  }
  await writes.end();
}

function appendSmallFile(room: Buffer, writes: LargeWrites, part: StagedPart, path: string): void {
  const descriptor = openSmall(part, path);
  try {
    checkSize(part, fstatSync(descriptor).size);
    for (let done = 0; done < part.size;) {
      const read = readSync(descriptor, room, done, part.size - done, done);
      if (read === 0) checkSize(part, done);
      done += read;
    }
    writes.fill(part.size);
  } finally {
    closeSync(descriptor);
  }
}

async function appendLargeFile(writes: LargeWrites, part: StagedPart, path: string): Promise<void> {
  const file = await open(path, flags).catch((error: unknown) => {
    throw openingFailure(part, error);
  });
  try {
    checkSize(part, (await file.stat()).size);
    for (let done = 0; done < part.size;) {
      const room = await writes.room(1);
      const { bytesRead } = await file.read(room, 0, Math.min(room.length, part.size - done), done);
      if (bytesRead === 0) checkSize(part, done);
      writes.fill(bytesRead);
      done += bytesRead;
    }
  } finally {
    await file.close();
  }
}

async function appendStream(writes: LargeWrites, part: StagedPart): Promise<void> {
  let found = 0;
  for await (const chunk of (await part.store.read(part.name)) as AsyncIterable<Buffer>) {
    found += chunk.length;
    await writes.append(chunk);
  }
  checkSize(part, found);
}

function checkSize(part: StagedPart, found: number): void {
  const { name, size: expected, store } = part;
  if (found !== expected) throw failure('PartChanged', { name, store: store.url, expected, found });
}

function openSmall(part: StagedPart, path: string): number {
  try {
    return openSync(path, flags);
  } catch (error) {
    throw openingFailure(part, error);
  }
}

function openingFailure(part: StagedPart, cause: unknown): unknown {
  if (!isFileMissing(cause)) return cause;
  return failure('BlobNotFound', { name: part.name, store: part.store.url }, { cause });
}
