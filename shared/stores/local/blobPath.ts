import { realpath } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { failure } from '../../errors/batchpointError';
import { checkBlobName } from '../blobName';
import { isFileMissing } from '../fileErrors';
import { makeFolder } from './durableFolder';

/** The path of a blob's file. Refuses, with `BlobNameInvalid`, names that could lead out of the root. */
export function blobPath(root: string, name: string): string {
  checkBlobName(name);
  return join(root, name);
}

/**
 * Makes the folder that a blob is to be written into. Refuses, with `BlobNameInvalid`, one that symbolic
 * links lead out of the root.
 */
export async function makeBlobFolder(root: string, name: string): Promise<void> {
  await makeFolder(root);
  await checkWithinRoot(root, name);
  await makeFolder(dirname(blobPath(root, name)));
}

/** Refuses, with `BlobNameInvalid`, a blob whose folder symbolic links lead out of the root. */
export async function checkWithinRoot(root: string, name: string): Promise<void> {
  const wanted = dirname(blobPath(root, name));
  const realRoot = await realpath(root);
  const folder = await deepestReal(wanted);
  if (folder === realRoot || folder.startsWith(realRoot.endsWith(sep) ? realRoot : realRoot + sep)) return;
  throw failure('BlobNameInvalid', { name, reason: 'a symbolic link leads it out of its store' });
}

/** The real path of the deepest folder of `path` that exists. */
async function deepestReal(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (!isFileMissing(error) || path === dirname(path)) throw error;
    return deepestReal(dirname(path));
  }
}
