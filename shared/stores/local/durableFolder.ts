import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileErrorCode } from '../fileErrors';
import { makeFolders } from '../makeFolders';

/**
 * Puts on disk which names a folder has: a new one survives a loss of power only after this. A folder that is
 * gone meanwhile has none.
 */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await openFolder(folder);
  try {
    await handle?.sync();
  } finally {
    await handle?.close();
  }
}

/** Makes a folder and those above it that are missing, so that they survive a loss of power. */
export async function makeFolder(folder: string): Promise<void> {
  const first = makeFolders(folder);
  if (first === undefined) return;
  for (let made = folder; ; made = dirname(made)) {
    await syncFolder(dirname(made));
    if (made === first || made === dirname(made)) return;
  }
}

async function openFolder(folder: string): Promise<FileHandle | undefined> {
  try {
    return await open(folder, 'r');
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
