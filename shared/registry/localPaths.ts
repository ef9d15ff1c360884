import { failure } from '../errors/batchpointError';
import { pathOfFileUri } from '../inputs/fileUri';

/**
 * The local path that a `file:` URI names. Only a host that shares its machine with its callers reads such paths;
 * any other refuses with `LocalPathNotShared`.
 */
export function localPathOf(uri: string, localFiles: boolean): string {
  if (!localFiles) throw failure('LocalPathNotShared', { path: uri });
  return pathOfFileUri(uri);
}

/** Whether a URI is a `file:` URI. */
export function isLocalUri(uri: string): boolean {
  return /^file:/i.test(uri);
}
