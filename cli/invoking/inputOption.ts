import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { existsSync, statSync } from 'node:fs';
import { failure } from '../../shared/errors/batchpointError';
import { parseAssetReference, parseNameReference } from '../../shared/registry/references';
import { usageInvalid } from '../commands/usageInvalid';
import { isRemote, localPath } from '../files/localPaths';
import { refuseOddFile } from '../files/regularFile';

/** The four forms of an input on the command line. */
export interface InputOptions {
  readonly inputData: string | undefined;
  readonly inputDatastore: string | undefined;
  readonly inputPath: string | undefined;
  readonly inputLocalPath: string | undefined;
}

const usage = (reason: string): Error => usageInvalid(reason, 'endpoint invoke');

/** The `dataset` of an invocation. Fails with `UsageInvalid` where there is not exactly one input. */
export function datasetOf(options: InputOptions, currentFolder: string): object {
  const { inputData, inputDatastore, inputPath, inputLocalPath } = options;
  const given = [
    ['--input-data', inputData],
    [inputDatastore === undefined ? '--input-path' : '--input-datastore', inputDatastore ?? inputPath],
    ['--input-local-path', inputLocalPath],
  ].filter(([, value]) => value !== undefined);
  if (given.length === 0) {
    throw usage(
      'An input is missing: --input-data, --input-datastore with --input-path, --input-path with a URL, or --input-local-path',
    );
  }
  if (given.length > 1) {
    throw usage(`There is one input, and ${given.map(([option]) => option).join(' and ')} each name one`);
  }
  if (inputData !== undefined) return registeredData(inputData);
  if (inputDatastore !== undefined) return url(inDatastore(inputDatastore, inputPath));
  if (inputLocalPath !== undefined) return url(onThisMachine(inputLocalPath, currentFolder));
  return url(remote(inputPath ?? '', currentFolder));
}

function registeredData(reference: string): object {
  const { name, version } = parseAssetReference('data', reference);
  return { dataInputType: 'DatasetVersion', datasetName: name, datasetVersion: version };
}

function url(path: string): object {
  return { dataInputType: 'DataUrl', path };
}

function inDatastore(datastore: string, path: string | undefined): string {
  if (path === undefined) throw usage('--input-datastore needs --input-path, the path in the datastore');
  if (isRemote(path)) throw usage(`With --input-datastore, --input-path is a path in it, but came '${path}'`);
  return `azureml://datastores/${parseNameReference('datastores', datastore)}/paths/${path}`;
}

function onThisMachine(path: string, currentFolder: string): string {
  if (path === '') throw usage('--input-local-path is empty');
  if (isRemote(path)) throw usage(`'${path}' is not a local path: give it as --input-path`);
  const absolute = localPath(currentFolder, path);
  if (!existsSync(absolute)) throw failure('InputNotFound', { input: absolute });
  const status = statSync(absolute);
  if (!status.isDirectory()) {
    refuseOddFile(status, (reason) => usage(`--input-local-path '${path}' cannot be read: ${reason}`));
  }
  return pathToFileURL(absolute).href;
}

function remote(path: string, currentFolder: string): string {
  if (/^azureml:(?!\/\/)/i.test(path)) throw usage(`'${path}' is registered data: give it as --input-data`);
  if (isRemote(path)) return path;
  const isHere = path !== '' && existsSync(resolve(currentFolder, path));
  const hint = isHere
    ? `'${path}' is a path of this machine: give it as --input-local-path`
    : `--input-path takes a URL, but came '${path}'. A path in a datastore needs --input-datastore, one of this machine is --input-local-path`;
  throw usage(hint);
}
