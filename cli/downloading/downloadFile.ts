import { randomUUID } from 'node:crypto';
import { link, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { failure, isFailure } from '../../shared/errors/batchpointError';
import { systemErrorCode } from '../../shared/errors/systemError';
import { makeFolders } from '../../shared/stores/makeFolders';
import type { Piece } from './filePieces';

/**
 * Writes a file from its pieces. It appears whole or not at all, and never in place of another: a file that is there
 * stays if it is the same, and is otherwise refused with `FileExists`.
 */
export async function downloadFile(
  path: string,
  pieces: AsyncIterable<Piece>,
  onProgress: (done: number, size: number) => void,
): Promise<void> {
  try {
    if (await isThere(path)) await compare(path, pieces);
    else await write(path, pieces, onProgress);
  } catch (error) {
    const reason = systemErrorCode(error);
    if (reason === undefined || isFailure(error)) throw error;
    throw failure('DownloadFailed', { path, reason }, { cause: error });
  }
}

async function write(
  path: string,
  pieces: AsyncIterable<Piece>,
  onProgress: (done: number, size: number) => void,
): Promise<void> {
  makeFolders(dirname(path));
  const draft = join(dirname(path), `.batchpoint-${randomUUID()}.part`);
  const file = await open(draft, 'wx');
  try {
    try {
      for await (const { bytes, offset, size } of pieces) {
        await file.write(bytes, 0, bytes.length, offset);
        onProgress(offset + bytes.length, size);
      }
    } finally {
      await file.close();
    }
    await publish(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
}

/** Gives a file its name where nothing has it: a link fails where something is there, which a rename would replace. */
async function publish(draft: string, path: string): Promise<void> {
  try {
    await link(draft, path);
  } catch (error) {
    if (await isThere(path)) throw failure('FileExists', { path }, { cause: error });
    // Not every file system has links.
    await rename(draft, path);
  }
}

async function compare(path: string, pieces: AsyncIterable<Piece>): Promise<void> {
  const file = await open(path, 'r');
  try {
    const { size: own } = await file.stat();
    for await (const { bytes, offset, size } of pieces) {
      if (size !== own) throw failure('FileExists', { path });
      const present = Buffer.alloc(bytes.length);
      await file.read(present, 0, bytes.length, offset);
      if (!present.equals(bytes)) throw failure('FileExists', { path });
    }
  } finally {
    await file.close();
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return false;
    throw error;
  }
}
