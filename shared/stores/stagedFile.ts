import { constants } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';
import { failure } from '../errors/batchpointError';
import { fileErrorCode } from './fileErrors';

/**
 * Opens a file that is to become a blob, for reading. Fails with `StagedFileInvalid` where it cannot be, or
 * is no plain file: what a symbolic link leads to is not the caller's to give away.
 */
export async function openStagedFile(path: string): Promise<FileHandle> {
  try {
    if (!(await lstat(path)).isFile()) throw unusable(path, 'it is not a plain file');
    return await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch (error) {
    const code = fileErrorCode(error);
    throw code === undefined ? error : unusable(path, code === 'ENOENT' ? 'it is not there' : code, error);
  }
}

function unusable(path: string, reason: string, cause?: unknown): Error {
  return failure('StagedFileInvalid', { path, reason }, { cause });
}
