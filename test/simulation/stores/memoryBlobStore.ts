import { readFile, rm, writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { failure } from '../../../shared/errors/batchpointError';
import { checkMetadata, isSameMetadata, type BlobMetadata } from '../../../shared/stores/blobMetadata';
import { checkBlobName, checkBlobPrefix } from '../../../shared/stores/blobName';
import type {
  BlobDetails,
  BlobItem,
  BlobStore,
  ByteRange,
  StagedPart,
  StagedParts,
  WriteOptions,
} from '../../../shared/stores/blobStore';
import { fileErrorCode } from '../../../shared/stores/fileErrors';
import { wantedBlob, type WantedBlob } from '../../../shared/stores/ownCommit';
import { openStagedFile } from '../../../shared/stores/stagedFile';

export interface StoredBlob {
  readonly content: Buffer;
  readonly etag: string;
  readonly modified: Date;
  readonly metadata: BlobMetadata;
}

/** Told of each write, with the blob as it is then; without one where it was removed. */
export type BlobWritten = (
  op: 'write' | 'stage' | 'commit' | 'remove',
  name: string,
  blob?: StoredBlob,
) => void;

/** Blobs in memory. What changes them is done at once; what is asked of files on the way takes its time before. */
export class MemoryBlobStore implements BlobStore {
  private readonly blobs = new Map<string, StoredBlob>();
  private writes = 0;

  constructor(
    readonly url: string,
    private readonly written: BlobWritten = () => undefined,
  ) {}

  async *list(prefix: string, { pageSize = 1_000 } = {}): AsyncGenerator<readonly BlobItem[]> {
    checkBlobPrefix(prefix);
    const names = [...this.blobs.keys()].filter((name) => name.startsWith(prefix)).sort();
    for (let from = 0; from < names.length; from += pageSize) {
      const page = names.slice(from, from + pageSize).map((name) => this.details(name));
      const items = page.flatMap((one): BlobItem[] => {
        if (one === undefined) return [];
        const { name, size, etag, modified } = one;
        return [{ name, size, etag, modified }];
      });
      yield await Promise.resolve(items);
    }
  }

  async stat(name: string): Promise<BlobDetails | undefined> {
    checkBlobName(name);
    return Promise.resolve(this.details(name));
  }

  async read(name: string, { offset, length }: ByteRange = { offset: 0 }): Promise<Readable> {
    checkBlobName(name);
    const { content } = this.present(name);
    const bytes = content.subarray(offset, length === undefined ? undefined : offset + length);
    return Promise.resolve(
      Readable.from(bytes.length === 0 ? [] : [Buffer.from(bytes)], { objectMode: false }),
    );
  }

  async write(
    name: string,
    content: Uint8Array | string,
    { mustNotExist, etag, metadata = {} }: WriteOptions = {},
  ): Promise<{ readonly etag: string }> {
    checkBlobName(name);
    checkMetadata(name, metadata);
    const present = this.blobs.get(name);
    if (mustNotExist === true && present !== undefined)
      throw failure('BlobExists', { name, store: this.url });
    if (etag !== undefined && present?.etag !== etag) throw failure('BlobChanged', { name, store: this.url });
    return Promise.resolve(this.put('write', name, Buffer.from(content as Uint8Array), metadata));
  }

  async stage(name: string, path: string): Promise<{ readonly size: number }> {
    checkBlobName(name);
    await (await openStagedFile(path)).close();
    const content = await readFile(path);
    await rm(path);
    this.put('stage', name, content, {});
    return { size: content.length };
  }

  async commit(name: string, parts: StagedParts, metadata: BlobMetadata): Promise<{ readonly etag: string }> {
    checkBlobName(name);
    checkMetadata(name, metadata);
    const wanted = wantedBlob(name, parts, metadata);
    const done = this.ownCommit(wanted);
    if (done !== undefined) return done;
    const contents: Buffer[] = [];
    for await (const part of parts) contents.push(await bytesOf(part));
    return this.ownCommit(wanted) ?? this.put('commit', name, Buffer.concat(contents), metadata);
  }

  async download(name: string, path: string): Promise<{ readonly etag: string }> {
    checkBlobName(name);
    const { content, etag } = this.present(name);
    await writeFile(path, content, { flag: 'wx' }).catch((error: unknown) => {
      throw fileErrorCode(error) === 'EEXIST' ? failure('FileExists', { path }) : error;
    });
    return { etag };
  }

  async remove(name: string): Promise<void> {
    checkBlobName(name);
    if (this.blobs.delete(name)) this.written('remove', name);
    return Promise.resolve();
  }

  async removeAll(prefix: string): Promise<void> {
    checkBlobPrefix(prefix);
    for (const name of [...this.blobs.keys()]) if (name.startsWith(prefix)) await this.remove(name);
  }

  /** The blob that this very commit has made before; fails with `BlobExists` where something else has its name. */
  private ownCommit({ name, size, metadata }: WantedBlob): { readonly etag: string } | undefined {
    const found = this.details(name);
    if (found === undefined) return undefined;
    if (found.size === size && isSameMetadata(found.metadata, metadata)) return { etag: found.etag };
    throw failure('BlobExists', { name, store: this.url });
  }

  private put(
    op: Parameters<BlobWritten>[0],
    name: string,
    content: Buffer,
    metadata: BlobMetadata,
  ): { readonly etag: string } {
    const blob = { content, etag: `"${++this.writes}"`, modified: new Date(), metadata };
    this.blobs.set(name, blob);
    this.written(op, name, blob);
    return { etag: blob.etag };
  }

  /** The blobs whose names start with a prefix, by what follows it. */
  contents(prefix: string): Map<string, Buffer> {
    const found = [...this.blobs].filter(([name]) => name.startsWith(prefix));
    return new Map(found.map(([name, { content }]) => [name.slice(prefix.length), content]));
  }

  /** Writes a blob as somebody else would, of whom no journal tells; says whether the name was free. */
  putForeign(name: string, content: string): boolean {
    if (this.blobs.has(name)) return false;
    this.blobs.set(name, {
      content: Buffer.from(content),
      etag: '"foreign"',
      modified: new Date(),
      metadata: {},
    });
    return true;
  }

  private present(name: string): StoredBlob {
    const present = this.blobs.get(name);
    if (present === undefined) throw failure('BlobNotFound', { name, store: this.url });
    return present;
  }

  private details(name: string): BlobDetails | undefined {
    const present = this.blobs.get(name);
    if (present === undefined) return undefined;
    const { content, etag, modified, metadata } = present;
    return { name, size: content.length, etag, modified, metadata };
  }
}

async function bytesOf({ store, name, size }: StagedPart): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of await store.read(name)) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  if (bytes.length === size) return bytes;
  throw failure('PartChanged', { name, store: store.url, expected: size, found: bytes.length });
}
