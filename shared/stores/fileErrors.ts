import { types } from 'node:util';
import { type BatchpointError, failure, isFailure } from '../errors/batchpointError';

/** What was to be done when the file system refused: the store's URL, and the blob where it was about one. */
export interface FileDeed {
  readonly store: string;
  readonly name?: string;
}

const reasonsOfName: Readonly<Record<string, string>> = {
  ENAMETOOLONG: 'it is longer than the file system takes',
  EISDIR: 'there is a folder of that name',
  ENOTDIR: 'one of its folders is a blob',
  EEXIST: 'one of its folders is a blob',
  ELOOP: 'it leads through a loop of symbolic links',
  EILSEQ: 'it has characters that the file system does not take',
};

/**
 * The error of the catalogue for what the file system reported; errors that are not of the file system come
 * back as they are.
 */
export function fileFailure(error: unknown, deed: FileDeed): unknown {
  const code = fileErrorCode(error);
  if (isFailure(error) || code === undefined) return error;
  return failureOf(code, deed, error);
}

/** The code of an error of the file system, as `ENOENT`. */
export function fileErrorCode(error: unknown): string | undefined {
  // Not `instanceof`: under a test runner, errors of Node's own modules are of another realm.
  if (!types.isNativeError(error) || !('code' in error) || !('syscall' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** True where the disk, or the share of it that the user has, has no room left. */
export function isDiskFull(error: unknown): boolean {
  const code = fileErrorCode(error);
  return code === 'ENOSPC' || code === 'EDQUOT';
}

/** The same for what a worker has told of an error, in Python or in Node. */
export function tellsDiskFull(text: string): boolean {
  return /\b(ENOSPC|EDQUOT)\b|\[Errno (28|122)\]/.test(text);
}

/** True for a name that leads to no file. */
export function isFileMissing(error: unknown): boolean {
  const code = fileErrorCode(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}

function failureOf(code: string, { store, name }: FileDeed, cause: unknown): BatchpointError {
  const reasonOfName = reasonsOfName[code];
  if (name !== undefined && reasonOfName !== undefined) {
    return failure('BlobNameInvalid', { name, reason: reasonOfName }, { cause });
  }
  const reason = types.isNativeError(cause) ? cause.message : code;
  if (reasonOfName !== undefined) return failure('StoreMissing', { store, reason }, { cause });
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return failure('StoreFull', { store, reason }, { cause });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return failure('StoreForbidden', { store, reason }, { cause });
    default:
      return failure('StoreUnavailable', { store, reason }, { cause });
  }
}
