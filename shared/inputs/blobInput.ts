import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { BlobStore } from '../stores/blobStore';
import { refuseClashes } from './clashingNames';
import { fetchFailure } from './fetchFailure';
import type { InputSource } from './inputSource';
import { pathBelow } from './pathBelow';

/** A blob, or all blobs below a folder, of a datastore. Where blobs are files of this machine, they stay in place. */
export class BlobInput implements InputSource {
  readonly inPlace: string | undefined;
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

  async *list(): AsyncGenerator<readonly string[]> {
    if (this.type === 'file') {
      yield [this.path.slice(this.root.length)];
      return;
    }
    // A disk that holds the files already holds no names that clash, and lists them in an order of its own.
    if (this.inPlace !== undefined) yield* this.names();
    else yield* refuseClashes(this.names());
  }

  async provide(paths: readonly string[], folder: string, signal: AbortSignal): Promise<string[]> {
    return Promise.all(
      paths.map(async (path) => {
        const name = `${this.root}${path}`;
        if (this.inPlace !== undefined) return `${this.inPlace}/${path}`;
        const target = pathBelow(folder, path);
        try {
          await mkdir(dirname(target), { recursive: true });
          await this.store.download(name, target, signal);
        } catch (error) {
          throw fetchFailure(path, error);
        }
        return target;
      }),
    );
  }

  private async *names(): AsyncGenerator<readonly string[]> {
    for await (const page of this.store.list(this.root)) {
      yield page.map(({ name }) => name.slice(this.root.length));
    }
  }
}
