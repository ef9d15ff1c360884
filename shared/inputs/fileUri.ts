import { fileURLToPath } from 'node:url';
import { failure } from '../errors/batchpointError';

/** The path of a `file:` URI of this machine. Fails with `UriInvalid`. */
export function pathOfFileUri(uri: string): string {
  const invalid = (cause?: unknown): Error =>
    failure('UriInvalid', { uri, reason: 'it is not a file: URI of this machine' }, { cause });
  let path: string;
  try {
    path = fileURLToPath(uri);
  } catch (error) {
    throw invalid(error);
  }
  // No file system has it in a name, and calls of the system end there.
  if (path.includes('\0')) throw invalid();
  return path;
}
