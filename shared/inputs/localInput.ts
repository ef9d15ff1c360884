import { opendir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { failure, isFailure } from '../errors/batchpointError';
import { entryKind } from './entryKind';
import type { InputSource, ListOptions, PieceReader, ProvidedFile } from './inputSource';
import { withFacts, type ListedFile } from './listedFile';
import { LocalFiles, localPieces } from './localFile';
import { systemErrorCode } from '../errors/systemError';

/** The state folder of the command line: whoever scores the current folder does not mean that one. */
const stateFolder = '.batchpoint';

/** Entries that are read of a folder at once. */
const pageSize = 1_000;

/** A file or folder of this machine, read in place. Symbolic links are followed, a loop of them once. */
export class LocalInput implements InputSource {
  readonly inPlace: string;
  private readonly local = new LocalFiles();

  constructor(
    private readonly path: string,
    private readonly type: 'file' | 'folder',
  ) {
    this.inPlace = type === 'file' ? dirname(path) : path;
  }

  async *list(options: ListOptions = {}): AsyncGenerator<readonly ListedFile[]> {
    const pages =
      this.type === 'file' ? [[basename(this.path)]] : this.walk('', [await realpath(this.path)], options);
    for await (const page of pages) yield options.sizes === true ? await this.withSizes(page) : page;
  }

  provide(path: string): Promise<ProvidedFile> {
    return this.local.readable(`${this.inPlace}/${path}`, path);
  }

  open(path: string): Promise<PieceReader> {
    return localPieces(`${this.inPlace}/${path}`, path);
  }

  /** `above` holds the real paths of the folders that lead here: one of them again is a loop. */
  private async *walk(prefix: string, above: string[], options: ListOptions): AsyncGenerator<string[]> {
    const { wants = () => true, enters = () => true } = options;
    const folder = join(this.path, prefix);
    const folders: string[] = [];
    let page: string[] = [];
    try {
      for await (const entry of await opendir(folder, { bufferSize: pageSize })) {
        const path = `${prefix}${checkedName(entry.name)}`;
        const kind = await entryKind(join(folder, entry.name), entry);
        if (kind === 'folder') {
          if (entry.name !== stateFolder && enters(path)) folders.push(entry.name);
          continue;
        }
        // What cannot be read is a file that fails. What may be read for ever, as a pipe, is none.
        if (typeof kind === 'object' && kind.special && wants(path))
          throw failure('InputUnreadable', { input: join(folder, entry.name), reason: kind.fault });
        page.push(path);
        if (page.length === pageSize) {
          yield page;
          page = [];
        }
      }
    } catch (error) {
      throw unreadable(folder, error);
    }
    yield page;
    for (const name of folders) {
      const real = await realpath(join(folder, name));
      if (!above.includes(real)) yield* this.walk(`${prefix}${name}/`, [...above, real], options);
    }
  }

  private withSizes(page: readonly string[]): Promise<ListedFile[]> {
    return Promise.all(
      page.map((path) =>
        stat(join(this.inPlace, path)).then(
          ({ size }) => withFacts(path, { size }),
          () => withFacts(path, {}),
        ),
      ),
    );
  }
}

function checkedName(name: string): string {
  // Node puts U+FFFD where bytes are not UTF-8, and a file of that name could not be opened.
  if (name.includes('\ufffd')) throw failure('InputNameInvalid', { name });
  return name;
}

function unreadable(folder: string, error: unknown): unknown {
  const code = systemErrorCode(error);
  if (isFailure(error) || code === undefined) return error;
  if (code === 'ENOENT') return failure('InputNotFound', { input: folder }, { cause: error });
  return failure('InputUnreadable', { input: folder, reason: code }, { cause: error });
}
