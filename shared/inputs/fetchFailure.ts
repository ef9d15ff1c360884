import { failure, isFailure } from '../errors/batchpointError';
import { fileErrorCode, fileFailure, isDiskFull } from '../stores/fileErrors';

/**
 * What to report of a file that could not be fetched: whatever its source or the disk refused is `InputFetchFailed`,
 * which fails its mini-batch alone. What is never fetched, and what should not happen, stays what it is; and a disk that is
 * full at `folder` is `StoreFull`, as it takes no other file either.
 */
export function fetchFailure(file: string, error: unknown, folder = ''): unknown {
  if (isDiskFull(error)) return fileFailure(error, { store: folder });
  if (isFailure(error, 'InputFetchFailed') || isFailure(error, 'InputUriUnsafe')) return error;
  if (isFailure(error)) return failure('InputFetchFailed', { file, reason: error.message }, { cause: error });
  const code = fileErrorCode(error);
  if (code === undefined) return error;
  const reason = `the disk does not take it (${code})`;
  return failure('InputFetchFailed', { file, reason }, { cause: error });
}
