import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { failure, isFailure } from '../../shared/errors/batchpointError';
import { systemErrorReason } from '../../shared/errors/systemError';
import { pathInWorkspace } from '../../shared/registry/longForms';
import { parseNameReference } from '../../shared/registry/references';
import { refuseOddFile } from './regularFile';

/** Whether a path means something else than a file or folder of this machine: a URL, a place in a datastore, an id. */
export function isRemote(path: string): boolean {
  return isLink(path) || /^(?:azureml:|\/subscriptions\/[^/]+\/resourcegroups\/)/i.test(path);
}

/** Whether a deployment's code is registered code, and not a folder or the place of one. */
export function isCodeReference(code: string): boolean {
  if (!isRemote(code)) return false;
  return !isLink(code) || /^codes\//i.test(pathInWorkspace(code) ?? '');
}

/** Whether a path says where something lies elsewhere, and not only what it is called as `azureml:<name>` does. */
export function isLink(path: string): boolean {
  return /^(?!file:)[a-z][a-z0-9+.-]+:\/\//i.test(path);
}

/**
 * The absolute path of a file or folder: `x`, `./x`, `/x`, `file:./x` and `file:///x` are all accepted. Relative ones
 * start from `folder`.
 */
export function localPath(folder: string, path: string): string {
  const match = /^file:(.*)$/is.exec(path);
  if (match === null) return resolve(folder, path);
  const rest = match[1] ?? '';
  if (!rest.startsWith('//')) return resolve(folder, rest);
  try {
    return fileURLToPath(path);
  } catch (error) {
    throw failure(
      'UriInvalid',
      { uri: path, reason: 'it is not a file: URI of this machine' },
      { cause: error },
    );
  }
}

/** The long form of a path in a datastore, which is named as `azureml:<name>`. */
export function inDatastore(datastore: string, path: string): string {
  if (isRemote(path))
    throw failure('UriInvalid', { uri: path, reason: 'with a datastore, a path in it is meant' });
  return `azureml://datastores/${parseNameReference('datastores', datastore)}/paths/${path}`;
}

/** What is at a path, or `AssetPathMissing`; `kind` and `name` say whose path it is. */
export function neededPath(path: string, kind: string, name: string): 'file' | 'folder' {
  try {
    const status = statSync(path);
    if (status.isDirectory()) return 'folder';
    refuseOddFile(status, (reason) => failure('AssetPathMissing', { kind, name, path, reason }));
    return 'file';
  } catch (error) {
    if (isFailure(error)) throw error;
    throw failure(
      'AssetPathMissing',
      { kind, name, path, reason: systemErrorReason(error) },
      { cause: error },
    );
  }
}
