import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { WriteOptions } from '../blobStore';
import { blobPath, checkWithinRoot, makeBlobFolder } from './blobPath';
import type { Drafts } from './drafts';
import { syncFolder } from './durableFolder';
import { fileErrorCode, isFileMissing } from '../fileErrors';
import { fingerprintOf, stamp } from './fingerprint';
import type { LocalDatabase } from './localDatabase';
import type { MetadataIndex } from './metadataIndex';
import { publishFile } from './publishFile';
import { settleFile } from './stagedFile';

const folderTries = 100;

/** What all blob stores of a state folder share. */
export interface LocalState {
  readonly database: LocalDatabase;
  readonly index: MetadataIndex;
  readonly drafts: Drafts;
}

/** Brings files into a folder of blobs, each whole or not at all, and on disk before it says so. */
export class FileWriting {
  constructor(
    private readonly root: string,
    private readonly url: string,
    private readonly state: LocalState,
  ) {}

  /** Writes a blob with the bytes that `fill` puts into its file. */
  async write(
    name: string,
    fill: (file: FileHandle) => Promise<void>,
    options: WriteOptions,
  ): Promise<{ readonly etag: string }> {
    const target = blobPath(this.root, name);
    const { draft, file } = await this.openDraft(name, target);
    try {
      const etag = await finish(file, fill);
      this.state.index.put(etag, options.metadata ?? {});
      try {
        this.publish(name, draft, target, options);
      } catch (error) {
        this.state.index.forget(etag);
        throw error;
      }
      await syncFolder(dirname(target));
      return { etag };
    } finally {
      this.state.drafts.end(draft);
    }
  }

  /** Makes the file at `path` a blob, unless it lies on another file system. */
  async move(name: string, path: string): Promise<{ readonly isDone: boolean; readonly size: number }> {
    const target = blobPath(this.root, name);
    const { size } = await settleFile(path);
    const isDone = await this.inFolder(name, async () => {
      try {
        this.publish(name, path, target, {});
      } catch (error) {
        if (fileErrorCode(error) === 'EXDEV') return false;
        throw error;
      }
      await syncFolder(dirname(target));
      return true;
    });
    return { isDone, size };
  }

  /** False where the store has no folder yet; refuses a blob that symbolic links lead out of it. */
  async isInside(name: string): Promise<boolean> {
    try {
      await checkWithinRoot(this.root, name);
      return true;
    } catch (error) {
      if (isFileMissing(error)) return false;
      throw error;
    }
  }

  private async openDraft(
    name: string,
    target: string,
  ): Promise<{ readonly draft: string; readonly file: FileHandle }> {
    return this.inFolder(name, async () => {
      const draft = this.state.drafts.begin(target);
      try {
        return { draft, file: await open(draft, 'wx') };
      } catch (error) {
        this.state.drafts.end(draft);
        throw error;
      }
    });
  }

  /** Does work in the folder of a blob; again, where a removal took the empty folder away meanwhile. */
  private async inFolder<T>(name: string, work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await makeBlobFolder(this.root, name);
        return await work();
      } catch (error) {
        if (fileErrorCode(error) !== 'ENOENT' || attempt === folderTries) throw error;
      }
    }
  }

  private publish(name: string, file: string, target: string, options: WriteOptions): void {
    const { database, index } = this.state;
    publishFile(database, index, { file, target, name, store: this.url }, options);
  }
}

/** Fills a file, puts it on disk, and answers its fingerprint. */
async function finish(file: FileHandle, fill: (file: FileHandle) => Promise<void>): Promise<string> {
  try {
    await fill(file);
    await stamp(file);
    await file.sync();
    return fingerprintOf(await file.stat({ bigint: true }));
  } finally {
    await file.close();
  }
}
