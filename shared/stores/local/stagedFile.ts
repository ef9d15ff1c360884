import type { FileHandle } from 'node:fs/promises';
import { openStagedFile } from '../stagedFile';
import { stamp } from './fingerprint';
import { LargeWrites } from './largeWrites';

/** Puts a file that is to become a blob on disk, and answers its size. */
export async function settleFile(path: string): Promise<{ readonly size: number }> {
  const file = await openStagedFile(path);
  try {
    await stamp(file);
    await file.sync();
    return { size: (await file.stat()).size };
  } finally {
    await file.close();
  }
}

/** Copies a file from another file system into one of this. */
export async function copyInto(path: string, file: FileHandle): Promise<void> {
  const from = await openStagedFile(path);
  try {
    const writes = new LargeWrites(file);
    for (;;) {
      const { bytesRead } = await from.read(await writes.room(1));
      if (bytesRead === 0) break;
      writes.fill(bytesRead);
    }
    await writes.end();
  } finally {
    await from.close();
  }
}
