import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { failure } from '../errors/batchpointError';
import type { BlobStore } from '../stores/blobStore';
import { refuseClashes } from './clashingNames';
import { fetchFailure } from './fetchFailure';
import type { InputSource, ListOptions, PieceReader } from './inputSource';
import { withSize, type ListedFile } from './listedFile';
import { LocalFiles } from './localFile';
import { pathBelow } from './pathBelow';

/** A blob, or all blobs below a folder, of a datastore. Where blobs are files of this machine, they stay in place. */
export class BlobInput implements InputSource {
  readonly inPlace: string | undefined;
  private readonly local = new LocalFiles();
  /** The folder of the input, ending in `/`, or empty. */
  private readonly root: string;

  constructor(
    private readonly store: BlobStore,
    private readonly path: string,
    private readonly type: 'file' | 'folder',
  ) {
    const folder = type === 'file' ? dirname(path) : path.replace(/\/+$/, '');
    this.root = folder === '' || folder === '.' ? '' : `${folder}/`;
    const example = store.localPath?.(`${this.root}x`);
    this.inPlace = example === undefined ? undefined : dirname(example);
  }

  async *list({ sizes = false }: ListOptions = {}): AsyncGenerator<readonly ListedFile[]> {
    if (this.type === 'file') {
      const name = this.path.slice(this.root.length);
      yield [sizes ? withSize(name, (await this.store.stat(this.path))?.size) : name];
      return;
    }
    // A disk that holds the files already holds no names that clash, and lists them in an order of its own.
    if (this.inPlace !== undefined) yield* this.files(sizes);
    else yield* refuseClashes(this.files(sizes));
  }

  async provide(path: string, folder: string, signal: AbortSignal): Promise<string> {
    if (this.inPlace !== undefined) return this.local.readable(`${this.inPlace}/${path}`, path);
    const target = pathBelow(folder, path);
    try {
      await mkdir(dirname(target), { recursive: true });
      await this.store.download(`${this.root}${path}`, target, signal);
    } catch (error) {
      throw fetchFailure(path, error);
    }
    return target;
  }

  async open(path: string): Promise<PieceReader> {
    const name = `${this.root}${path}`;
    try {
      const found = await this.store.stat(name);
      if (found === undefined) throw failure('BlobNotFound', { store: this.store.url, name });
      return { size: found.size, version: found.etag, read: (range) => this.store.read(name, range) };
    } catch (error) {
      throw fetchFailure(path, error);
    }
  }

  private async *files(sizes: boolean): AsyncGenerator<readonly ListedFile[]> {
    for await (const page of this.store.list(this.root)) {
      yield page.map(({ name, size }) => {
        const path = name.slice(this.root.length);
        return sizes ? withSize(path, size) : path;
      });
    }
  }
}
