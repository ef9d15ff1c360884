import { basename, dirname, isAbsolute, resolve } from 'node:path';
import { failure, isFailure } from '../errors/batchpointError';
import { pathOfFileUri } from '../inputs/fileUri';
import { checkedRelativePath, datastorePath } from '../inputs/inputUri';
import type { OutputReference } from '../jobs/jobSpec';
import { defaultDatastore } from '../registry/datastores';
import { parseNameReference } from '../registry/references';
import type { BatchJobResource } from '../schemas/rest/generated';

/** What the place of an output follows from. */
interface OutputDefaults {
  readonly job: string;
  readonly fileName: string;
  /** Whether a folder of this machine may be the place. */
  readonly localFiles: boolean;
}

/**
 * Where the output of a job goes: `outputData` (a file), `outputDataset` (a datastore, a folder in it, or a `file:`
 * URI of a folder), or the job's own folder in the default datastore. Fails with `OutputInvalid` or
 * `OutputFormsMixed`.
 */
export function outputOf(body: BatchJobResource['properties'], defaults: OutputDefaults): OutputReference {
  const { outputData, outputDataset } = body;
  if (outputData !== undefined && outputDataset !== undefined) throw failure('OutputFormsMixed', {});
  const given = Object.values(outputData ?? {});
  try {
    if (given.length > 1) throw invalid(Object.keys(outputData ?? {}).join(', '), 'there can be only one');
    if (given[0] !== undefined) return outputFile(given[0].uri, defaults);
    return outputFolder(outputDataset ?? {}, defaults);
  } catch (error) {
    if (!isFailure(error, 'UriInvalid') && !isFailure(error, 'NameReferenceInvalid')) throw error;
    throw failure('OutputInvalid', {
      output: given[0]?.uri ?? outputDataset?.path ?? '',
      reason: error.message.replace(/\.$/, ''),
    });
  }
}

function outputFile(uri: string, { localFiles }: OutputDefaults): OutputReference {
  if (uri.endsWith('/')) throw invalid(uri, 'it has to be the path of a file');
  if (/^file:/i.test(uri)) {
    const path = localPath(uri, localFiles);
    return { kind: 'local', folder: dirname(path), fileName: basename(path) };
  }
  const { datastore, path } = datastorePath(uri);
  if (path === '') throw invalid(uri, 'it has to be the path of a file');
  const at = path.lastIndexOf('/');
  return {
    kind: 'datastore',
    datastore,
    folder: at < 0 ? '' : path.slice(0, at),
    fileName: path.slice(at + 1),
  };
}

function outputFolder(
  { datastoreId, path }: NonNullable<BatchJobResource['properties']['outputDataset']>,
  defaults: OutputDefaults,
): OutputReference {
  const { job, fileName, localFiles } = defaults;
  if (path !== undefined && /^file:/i.test(path))
    return { kind: 'local', folder: localPath(path, localFiles), fileName };
  if (path !== undefined && /^azureml:\/\//i.test(path)) {
    const place = datastorePath(path);
    return { kind: 'datastore', datastore: place.datastore, folder: place.path, fileName };
  }
  if (path !== undefined && /^[a-z][a-z0-9+.-]*:\//i.test(path))
    throw invalid(path, 'its beginning is neither azureml:// nor file:');
  const datastore =
    datastoreId === undefined ? defaultDatastore : parseNameReference('datastores', datastoreId);
  if (path !== undefined && isAbsolute(path)) throw invalid(path, 'it has to be relative to the datastore');
  const folder = path === undefined ? `azureml/${job}/score` : checkedRelativePath(path);
  return { kind: 'datastore', datastore, folder, fileName };
}

function localPath(uri: string, localFiles: boolean): string {
  if (!localFiles) throw failure('LocalPathNotShared', { path: uri });
  // Reading a URI takes these out, and so leads elsewhere than it says.
  if (/\/(\.|%2e){1,2}(\/|$)/i.test(uri)) throw invalid(uri, "a path must not hold '.' or '..'");
  return resolve(pathOfFileUri(uri));
}

function invalid(output: string, reason: string): Error {
  return failure('OutputInvalid', { output, reason });
}
