import { type Dirent, lstatSync, unlinkSync } from 'node:fs';
import { rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncFolder } from './durableFolder';
import { fileErrorCode, isFileMissing } from '../fileErrors';
import { fingerprintOf } from './fingerprint';
import { folderPages } from './folderPages';
import type { LocalDatabase } from './localDatabase';
import type { MetadataIndex } from './metadataIndex';

/** Removes files of one store, with their metadata. Symbolic links are removed, never what they lead to. */
export class FileRemoval {
  constructor(
    private readonly root: string,
    private readonly database: LocalDatabase,
    private readonly index: MetadataIndex,
  ) {}

  /** Removes a file, and the folders that are empty without it. */
  async remove(path: string): Promise<void> {
    this.unlink([path]);
    await this.removeEmptyFolders(dirname(path));
  }

  /** Removes the files of a folder, and of those in it, whose names in the folder start with `start`. */
  async removeBelow(folder: string, start: string): Promise<void> {
    // Reading a folder while it is emptied may leave entries out on some file systems: hence until none is
    // left.
    let isAnyRemoved = true;
    while (isAnyRemoved) {
      isAnyRemoved = false;
      for await (const entries of folderPages(folder)) {
        const wanted = entries.filter((entry) => entry.name.startsWith(start));
        for (const entry of wanted.filter(isFolder)) await this.removeBelow(join(folder, entry.name), '');
        const files = wanted.filter((entry) => !isFolder(entry)).map((entry) => join(folder, entry.name));
        if (this.unlink(files)) isAnyRemoved = true;
      }
    }
    await this.removeEmptyFolders(folder);
  }

  /** Removes a folder if it is empty, then the one above, up to the root, which stays. */
  async removeEmptyFolders(folder: string): Promise<void> {
    let left = folder;
    while (left !== this.root && (await isRemoved(left))) left = dirname(left);
    await syncFolder(left);
  }

  private unlink(paths: readonly string[]): boolean {
    return this.database.alone(() => paths.filter((path) => this.unlinkOne(path)).length > 0);
  }

  private unlinkOne(path: string): boolean {
    try {
      const file = lstatSync(path, { bigint: true, throwIfNoEntry: false });
      if (file === undefined || file.isDirectory()) return false;
      unlinkSync(path);
      this.index.forget(fingerprintOf(file));
      return true;
    } catch (error) {
      if (isFileMissing(error)) return false;
      throw error;
    }
  }
}

function isFolder(entry: Dirent): boolean {
  return entry.isDirectory();
}

async function isRemoved(folder: string): Promise<boolean> {
  try {
    await rmdir(folder);
    return true;
  } catch (error) {
    const code = fileErrorCode(error);
    if (code === 'ENOENT') return true;
    const stays = ['ENOTEMPTY', 'EEXIST', 'ENOTDIR', 'EBUSY', 'EACCES', 'EPERM', 'EROFS'];
    if (code !== undefined && stays.includes(code)) return false;
    throw error;
  }
}
