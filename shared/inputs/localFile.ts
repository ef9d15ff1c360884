import { accessSync, constants, statSync } from 'node:fs';
import { access, lstat, stat } from 'node:fs/promises';
import { failure } from '../errors/batchpointError';
import { systemErrorReason } from '../errors/systemError';
import { readFileRange } from '../stores/fileReading';
import { faultOfLink } from './entryKind';
import type { PieceReader, ProvidedFile } from './inputSource';
import { Looks } from './looks';

/** Files that are read in place. */
export class LocalFiles {
  private readonly looks = new Looks();

  /**
   * A file with what is to be seen of it, once it is known that it can be read: what was listed may have gone since, belong to somebody
   * else, or be a link that leads nowhere. Fails with `InputFetchFailed`; `name` is what it is called.
   */
  async readable(path: string, name: string): Promise<ProvidedFile> {
    try {
      const seen = this.looks.take(
        () => (accessSync(path, constants.R_OK), statSync(path)),
        () => access(path, constants.R_OK).then(() => stat(path)),
      );
      return { path, seen: await seen };
    } catch (error) {
      throw await unreadable(path, name, error);
    }
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
