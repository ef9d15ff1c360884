import { opendir, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { failure, isFailure } from '../errors/batchpointError';
import { entryKind } from './entryKind';
import type { InputSource } from './inputSource';
import { systemErrorCode } from '../errors/systemError';

/** The state folder of the command line: whoever scores the current folder does not mean that one. */
const stateFolder = '.batchpoint';

/** Entries that are read of a folder at once. */
const pageSize = 1_000;

/** A file or folder of this machine, read in place. Symbolic links are followed, a loop of them once. */
export class LocalInput implements InputSource {
  readonly inPlace: string;

  constructor(
    private readonly path: string,
    private readonly type: 'file' | 'folder',
  ) {
    this.inPlace = type === 'file' ? dirname(path) : path;
  }

  async *list(): AsyncGenerator<readonly string[]> {
    if (this.type === 'file') yield [basename(this.path)];
    else yield* this.walk(this.path, '', [await realpath(this.path)]);
  }

  provide(paths: readonly string[]): Promise<string[]> {
    return Promise.resolve(paths.map((path) => `${this.inPlace}/${path}`));
  }

  /** `above` holds the real paths of the folders that lead here: one of them again is a loop. */
  private async *walk(folder: string, prefix: string, above: string[]): AsyncGenerator<readonly string[]> {
    const folders: string[] = [];
    let page: string[] = [];
    try {
      for await (const entry of await opendir(folder, { bufferSize: pageSize })) {
        const path = `${prefix}${checkedName(entry.name)}`;
        const kind = await entryKind(join(folder, entry.name), entry);
        if (typeof kind === 'object')
          throw failure('InputUnreadable', { input: join(folder, entry.name), reason: kind.fault });
        if (kind === 'file') page.push(path);
        else if (entry.name !== stateFolder) folders.push(entry.name);
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
      if (!above.includes(real)) yield* this.walk(join(folder, name), `${prefix}${name}/`, [...above, real]);
    }
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
