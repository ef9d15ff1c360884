import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { failure } from '../../shared/errors/batchpointError';

/** What the host reads from an app's package.json. */
interface PackageFile {
  /** The file, or the pattern of files, that registers the functions. */
  readonly main: string;
  readonly version: string;
}

/** @throws AppFolderInvalid */
export function readPackageFile(appRoot: string): PackageFile {
  const content = parse(appRoot);
  const { main, version } = content;
  if (typeof main !== 'string') {
    throw failure('AppFolderInvalid', { folder: appRoot, reason: "its package.json has no 'main'" });
  }
  return { main, version: typeof version === 'string' ? version : '0.0.0' };
}

function parse(appRoot: string): { main?: unknown; version?: unknown } {
  try {
    const content: unknown = JSON.parse(readFileSync(join(appRoot, 'package.json'), 'utf8'));
    return typeof content === 'object' && content !== null ? content : {};
  } catch (cause) {
    const reason = `its package.json cannot be read (${cause instanceof Error ? cause.message : String(cause)})`;
    throw failure('AppFolderInvalid', { folder: appRoot, reason }, { cause });
  }
}
