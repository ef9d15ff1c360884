import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { failure } from '../errors/batchpointError';
import type { BlobStore } from '../stores/blobStore';
import { refuseClashes } from './clashingNames';
import { fetchFailure } from './fetchFailure';
import type { InputSource, ListOptions, PieceReader, ProvidedFile } from './inputSource';
import { withFacts, type ListedFile } from './listedFile';
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

  async *list({ sizes = false, versions = false }: ListOptions = {}): AsyncGenerator<readonly ListedFile[]> {
    // Files that are read in place are looked at when they are scored.
    const facts = sizes || (versions && this.inPlace === undefined);
    if (this.type === 'file') {
      const name = this.path.slice(this.root.length);
      const found = facts ? await this.store.stat(this.path) : undefined;
      yield [
        facts
          ? withFacts(name, {
              size: found?.size,
              version: this.inPlace === undefined ? found?.etag : undefined,
            })
          : name,
      ];
      return;
    }
    // A disk that holds the files already holds no names that clash, and lists them in an order of its own.
    if (this.inPlace !== undefined) yield* this.files(facts);
    else yield* refuseClashes(this.files(facts));
  }

  async provide(path: string, folder: string, signal: AbortSignal): Promise<ProvidedFile> {
    if (this.inPlace !== undefined) return this.local.readable(`${this.inPlace}/${path}`, path);
    const target = pathBelow(folder, path);
    try {
      await mkdir(dirname(target), { recursive: true });
      const { etag } = await this.store.download(`${this.root}${path}`, target, signal);
      return { path: target, version: etag };
    } catch (error) {
      throw fetchFailure(path, error, folder);
    }
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

  private async *files(facts: boolean): AsyncGenerator<readonly ListedFile[]> {
    for await (const page of this.store.list(this.root)) {
      yield page.map(({ name, size, etag }) => {
        const path = name.slice(this.root.length);
        if (!facts) return path;
        return withFacts(path, { size, version: this.inPlace === undefined ? etag : undefined });
      });
    }
  }
}
