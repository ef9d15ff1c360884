import { randomUUID } from 'node:crypto';
import { rmdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { systemErrorCode } from '../errors/systemError';
import { makeFolders } from '../stores/makeFolders';

/**
 * Makes sure that files can be made in a folder of this machine, by making one; everything that it makes is gone
 * afterwards. Asking for rights alone would not tell of a link that leads nowhere, or of a disk without room.
 */
export async function probeFolder(folder: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await probeOnce(folder);
    } catch (error) {
      // Another probe has made the folder, and has just removed it again.
      if (systemErrorCode(error) !== 'ENOENT' || attempt === mostAttempts) throw error;
    }
  }
}

const mostAttempts = 10;

async function probeOnce(folder: string): Promise<void> {
  const topmost = makeFolders(folder);
  try {
    const probe = join(folder, `.batchpoint-probe-${randomUUID()}`);
    await writeFile(probe, '', { flag: 'wx' });
    await rm(probe);
  } finally {
    if (topmost !== undefined) await removeEmpty(folder, topmost);
  }
}

/** Removes folders that are empty, from one up to one above it. */
async function removeEmpty(folder: string, topmost: string): Promise<void> {
  try {
    for (let at = folder; ; at = dirname(at)) {
      await rmdir(at);
      if (at === topmost) return;
    }
  } catch (error) {
    // Somebody else uses one of them by now.
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(systemErrorCode(error) ?? '')) throw error;
  }
}
