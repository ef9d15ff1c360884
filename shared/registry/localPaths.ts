import { fileURLToPath } from 'node:url';
import { failure } from '../errors/batchpointError';

/**
 * The local path that a `file:` URI names. Only a host that shares its machine with its callers reads such paths;
 * any other refuses with `LocalPathNotShared`.
 */
export function localPathOf(uri: string, localFiles: boolean): string {
  if (!localFiles) throw failure('LocalPathNotShared', { path: uri });
  try {
    return fileURLToPath(uri);
  } catch (error) {
    throw failure('UriInvalid', { uri, reason: 'it is not a file: URI of this machine' }, { cause: error });
  }
}

/** Whether a URI is a `file:` URI. */
export function isLocalUri(uri: string): boolean {
  return /^file:/i.test(uri);
}
