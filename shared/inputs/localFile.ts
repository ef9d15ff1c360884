import { accessSync, constants } from 'node:fs';
import { access, lstat, stat } from 'node:fs/promises';
import { failure } from '../errors/batchpointError';
import { systemErrorReason } from '../errors/systemError';
import { readFileRange } from '../stores/fileReading';
import { faultOfLink } from './entryKind';
import type { PieceReader } from './inputSource';

/** Milliseconds of one look at a file that are too many to wait for. */
const longLook = 1;

/** Looks that are taken aside after one that took long. */
const looksAside = 1_000;

/** Files that are read in place. */
export class LocalFiles {
  /** Looks that are still to be taken aside, as one has taken long, which happens on a drive of the network. */
  private aside = 0;

  /**
   * The path of a file, once it is known that it can be read: what was listed may have gone since, belong to somebody
   * else, or be a link that leads nowhere. Fails with `InputFetchFailed`; `name` is what it is called.
   */
  async readable(path: string, name: string): Promise<string> {
    try {
      if (this.aside-- > 0) await access(path, constants.R_OK);
      else this.lookAt(path);
      return path;
    } catch (error) {
      throw await unreadable(path, name, error);
    }
  }

  /** On a disk of this machine a look takes a microsecond, and to have it taken aside takes many. */
  private lookAt(path: string): void {
    const began = performance.now();
    accessSync(path, constants.R_OK);
    this.aside = performance.now() - began > longLook ? looksAside : 0;
  }
}

/** Opens a file of this machine for reading pieces of it. Fails with `InputFetchFailed`. */
export async function localPieces(path: string, name: string): Promise<PieceReader> {
  try {
    await access(path, constants.R_OK);
    const { size, mtimeMs } = await stat(path);
    return {
      size,
      version: `${size}-${mtimeMs}`,
      read: async (range) => {
        const stream = await readFileRange(path, range, (error) => error);
        if (stream === undefined) throw fetchFailed(name, 'it is not a file any more');
        return stream;
      },
    };
  } catch (error) {
    throw await unreadable(path, name, error);
  }
}

async function unreadable(path: string, name: string, error: unknown): Promise<Error> {
  const isLink = await lstat(path).then(
    (found) => found.isSymbolicLink(),
    () => false,
  );
  return fetchFailed(name, isLink ? faultOfLink(error) : reasonOf(error), error);
}

function reasonOf(error: unknown): string {
  const code = systemErrorReason(error);
  return reasons[code] ?? code;
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'it is not there any more',
  EACCES: 'the user that the host runs as may not read it',
};

function fetchFailed(file: string, reason: string, cause?: unknown): Error {
  return failure('InputFetchFailed', { file, reason }, { cause });
}
