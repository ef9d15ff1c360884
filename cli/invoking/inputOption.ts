import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { failure } from '../../shared/errors/batchpointError';
import { parseInputUri } from '../../shared/inputs/inputUri';
import { parseAssetReference } from '../../shared/registry/references';
import { usageInvalid } from '../commands/usageInvalid';
import { inDatastore, isRemote, localPath } from '../files/localPaths';
import { refuseOddFile } from '../files/regularFile';

export type InputType = 'uri_file' | 'uri_folder';

/** The forms of an input on the command line, of all generations. */
export interface InputOptions {
  /** The words of the command, for messages. */
  readonly command: string;
  readonly input?: string | undefined;
  readonly inputType?: InputType | undefined;
  readonly inputData: string | undefined;
  readonly inputDatastore?: string | undefined;
  readonly inputPath: string | undefined;
  readonly inputLocalPath: string | undefined;
}

/** An input in the body of an invocation: in the form of 2021 or in that of today. */
export type InputBody =
  | { readonly dataset: { readonly dataInputType: string; readonly path?: string } }
  | { readonly inputData: Readonly<Record<string, { readonly jobInputType: string; readonly uri: string }>> };

/**
 * The input of an invocation. `others` names what gives one beside the options, such as a file, and is `undefined` where
 * nothing does. Answers `undefined` where that is the one input; fails with `UsageInvalid` where there is not exactly one.
 */
export function inputOf(
  options: InputOptions,
  currentFolder: string,
  others?: string,
): InputBody | undefined {
  const { input, inputType, inputData, inputDatastore, inputPath, inputLocalPath } = options;
  const usage = usageOf(options);
  const given = [
    ['--input', input],
    ['--input-data', inputData],
    [inputDatastore === undefined ? '--input-path' : '--input-datastore', inputDatastore ?? inputPath],
    ['--input-local-path', inputLocalPath],
    [others, others],
  ].filter(([, value]) => value !== undefined);
  if (given.length === 0) throw usage(missing(options.command));
  if (given.length > 1) {
    throw usage(`There is one input, and ${given.map(([option]) => option).join(' and ')} each name one`);
  }
  if (input !== undefined) return inputOfToday(input, inputType, currentFolder);
  if (inputType !== undefined) throw usage('--input-type says what --input is, and there is no --input');
  if (inputData !== undefined) return registeredData(inputData);
  if (inputDatastore !== undefined) return url(ofDatastore(inputDatastore, inputPath, usage));
  if (inputLocalPath !== undefined) return url(onThisMachine(inputLocalPath, currentFolder, usage));
  return inputPath === undefined ? undefined : remote(inputPath, currentFolder, usage);
}

/** An input in the form of today. */
export function typedInput(type: InputType | undefined, uri: string, name = 'input'): InputBody {
  // The host looks by itself whether a folder or a file is there, where nobody says that it has to be a file.
  return { inputData: { [name]: { jobInputType: type === 'uri_file' ? 'UriFile' : 'UriFolder', uri } } };
}

/** The URI of a file or folder of this machine that has to be there. */
export function presentUri(absolute: string): string {
  if (!existsSync(absolute)) throw failure('InputNotFound', { input: absolute });
  const status = statSync(absolute);
  if (!status.isDirectory()) {
    refuseOddFile(status, (reason) => failure('UriInvalid', { uri: absolute, reason }));
  }
  return pathToFileURL(absolute).href;
}

type Usage = (reason: string) => Error;

function usageOf({ command }: InputOptions): Usage {
  return (reason) => usageInvalid(reason, command);
}

function missing(command: string): string {
  return command.startsWith('batch-endpoint')
    ? 'An input is missing: --input with registered data, a URL, a path in a datastore or of this machine; --input-data, --input-path or --input-local-path; or the inputs of a --file'
    : 'An input is missing: --input-data, --input-datastore with --input-path, --input-path with a URL, or --input-local-path';
}

function inputOfToday(input: string, type: InputType | undefined, currentFolder: string): InputBody {
  if (isRemote(input)) {
    const parsed = parseInputUri(input);
    if (parsed.kind === 'data') parseAssetReference('data', parsed.reference);
    return typedInput(type, input);
  }
  return typedInput(type, presentUri(localPath(currentFolder, input)));
}

function registeredData(reference: string): InputBody {
  const { name, version } = parseAssetReference('data', reference);
  const dataset = { dataInputType: 'DatasetVersion', datasetName: name, datasetVersion: version };
  return { dataset };
}

function url(path: string): InputBody {
  return { dataset: { dataInputType: 'DataUrl', path } };
}

function ofDatastore(datastore: string, path: string | undefined, usage: Usage): string {
  if (path === undefined) throw usage('--input-datastore needs --input-path, the path in the datastore');
  if (isRemote(path)) throw usage(`With --input-datastore, --input-path is a path in it, but came '${path}'`);
  return inDatastore(datastore, path);
}

function onThisMachine(path: string, currentFolder: string, usage: Usage): string {
  if (path === '') throw usage('--input-local-path is empty');
  if (isRemote(path)) throw usage(`'${path}' is not a local path: give it as --input-path`);
  return presentUri(localPath(currentFolder, path));
}

/** A URL; with `folder:` or `file:` in front, as in 2022, it says what is there. */
function remote(path: string, currentFolder: string, usage: Usage): InputBody {
  const [, kind, marked] = /^(folder|file):((?:[a-z][a-z0-9+.-]+:\/\/|azureml:).*)$/is.exec(path) ?? [];
  if (kind !== undefined && marked !== undefined) {
    return typedInput(kind.toLowerCase() === 'file' ? 'uri_file' : 'uri_folder', marked);
  }
  if (/^azureml:(?!\/\/)/i.test(path)) throw usage(`'${path}' is registered data: give it as --input-data`);
  if (isRemote(path)) return url(path);
  const isHere = path !== '' && existsSync(resolve(currentFolder, path));
  throw usage(
    isHere
      ? `'${path}' is a path of this machine: give it as --input-local-path`
      : `--input-path takes a URL, but came '${path}'. A path in a datastore needs --input-datastore, one of this machine is --input-local-path`,
  );
}
