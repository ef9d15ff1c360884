import { constants } from 'node:fs';
import { copyFile, rm, stat, type FileHandle } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Readable } from 'node:stream';
import { failure, isFailure } from '../../errors/batchpointError';
import { type BlobMetadata, checkMetadata } from '../blobMetadata';
import { checkBlobPrefix } from '../blobName';
import type { BlobDetails, BlobItem, BlobStore, ByteRange, StagedParts, WriteOptions } from '../blobStore';
import { findOwnCommit, wantedBlob } from '../ownCommit';
import { blobPath } from './blobPath';
import { fileErrorCode, fileFailure, isFileMissing } from '../fileErrors';
import { readFileRange } from '../fileReading';
import { FileWriting, type LocalState } from './fileWriting';
import { fingerprintOf } from './fingerprint';
import { splitPrefix } from './folderPages';
import { joinParts } from './joinParts';
import { listFiles } from './listFiles';
import { FileRemoval } from './removeFiles';
import { copyInto } from './stagedFile';

const defaultPage = 1000;

/** Blobs as plain files under a folder, by their own names. */
export class LocalBlobStore implements BlobStore {
  readonly url: string;
  private readonly writing: FileWriting;
  private readonly removal: FileRemoval;

  /** `root` is absolute, and need not exist yet. */
  constructor(
    private readonly root: string,
    private readonly state: LocalState,
  ) {
    this.url = pathToFileURL(root).href;
    this.writing = new FileWriting(root, this.url, state);
    this.removal = new FileRemoval(root, state.database, state.index);
  }

  localPath(name: string): string {
    return blobPath(this.root, name);
  }

  async *list(
    prefix: string,
    options: { readonly pageSize?: number } = {},
  ): AsyncGenerator<readonly BlobItem[]> {
    checkBlobPrefix(prefix);
    try {
      yield* listFiles(this.root, prefix, options.pageSize ?? defaultPage);
    } catch (error) {
      throw fileFailure(error, { store: this.url });
    }
  }

  stat(name: string): Promise<BlobDetails | undefined> {
    return this.reporting(name, async () => {
      const file = await stat(this.localPath(name), { bigint: true }).catch((error: unknown) => {
        if (isFileMissing(error)) return undefined;
        throw error;
      });
      if (file?.isFile() !== true) return undefined;
      const etag = fingerprintOf(file);
      const modified = new Date(Number(file.mtimeMs));
      return { name, size: Number(file.size), etag, modified, metadata: this.state.index.find(etag) };
    });
  }

  read(name: string, range: ByteRange = { offset: 0 }): Promise<Readable> {
    return this.reporting(name, async () => {
      const report = (error: unknown): unknown => this.report(name, error);
      const stream = await readFileRange(this.localPath(name), range, report).catch((error: unknown) => {
        if (isFileMissing(error)) return undefined;
        throw error;
      });
      if (stream === undefined) throw this.notFound(name);
      return stream;
    });
  }

  write(
    name: string,
    content: Uint8Array | string,
    options: WriteOptions = {},
  ): Promise<{ readonly etag: string }> {
    return this.reporting(name, () => {
      checkMetadata(name, options.metadata ?? {});
      return this.writing.write(name, (file) => file.writeFile(content), options);
    });
  }

  /** Writes a blob with the bytes that `fill` puts into its file: readers see it whole or not at all. */
  receive(
    name: string,
    fill: (file: FileHandle) => Promise<void>,
    options: WriteOptions = {},
  ): Promise<{ readonly etag: string }> {
    return this.reporting(name, () => {
      checkMetadata(name, options.metadata ?? {});
      return this.writing.write(name, fill, options);
    });
  }

  /** Replaces what is said of a blob; its bytes and its ETag stay. Fails with `BlobNotFound`. */
  describe(name: string, metadata: BlobMetadata): Promise<BlobDetails> {
    return this.reporting(name, async () => {
      checkMetadata(name, metadata);
      const present = await this.stat(name);
      if (present === undefined) throw this.notFound(name);
      this.state.index.forget(present.etag);
      this.state.index.put(present.etag, metadata);
      return { ...present, metadata };
    });
  }

  stage(name: string, path: string): Promise<{ readonly size: number }> {
    return this.reporting(name, async () => {
      const moved = await this.writing.move(name, path);
      if (moved.isDone) return { size: moved.size };
      await this.writing.write(name, (file) => copyInto(path, file), {});
      await rm(path);
      return { size: moved.size };
    });
  }

  commit(name: string, parts: StagedParts, metadata: BlobMetadata): Promise<{ readonly etag: string }> {
    return this.reporting(name, async () => {
      checkMetadata(name, metadata);
      const wanted = wantedBlob(name, parts, metadata);
      const done = await findOwnCommit(this, wanted);
      if (done !== undefined) return done;
      this.state.drafts.sweep();
      try {
        const options = { mustNotExist: true, metadata };
        return await this.writing.write(name, (file) => joinParts(parts, file), options);
      } catch (error) {
        const same = isFailure(error, 'BlobExists') ? await findOwnCommit(this, wanted) : undefined;
        if (same !== undefined) return same;
        throw error;
      }
    });
  }

  download(name: string, path: string): Promise<{ readonly etag?: string }> {
    return this.reporting(name, async () => {
      const found = await this.stat(name);
      if (found === undefined) throw this.notFound(name);
      const flags = constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE;
      await copyFile(this.localPath(name), path, flags).catch((error: unknown) => {
        throw fileErrorCode(error) === 'EEXIST' ? failure('FileExists', { path }) : error;
      });
      return { etag: found.etag };
    });
  }

  remove(name: string): Promise<void> {
    return this.reporting(name, async () => {
      if (await this.writing.isInside(name)) await this.removal.remove(this.localPath(name));
    });
  }

  removeAll(prefix: string): Promise<void> {
    return this.reporting(prefix, async () => {
      checkBlobPrefix(prefix);
      const { folder, start } = splitPrefix(prefix);
      if (await this.writing.isInside(`${folder}any`)) {
        await this.removal.removeBelow(resolve(this.root, folder), start);
      }
    });
  }

  private async reporting<T>(name: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw this.report(name, error);
    }
  }

  private report(name: string, error: unknown): unknown {
    return fileFailure(error, { store: this.url, name });
  }

  private notFound(name: string): Error {
    return failure('BlobNotFound', { name, store: this.url });
  }
}
