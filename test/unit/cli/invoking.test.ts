import { tmpdir } from 'node:os';
import { inputOf, type InputOptions } from '../../../cli/invoking/inputOption';
import { outputDatasetOf } from '../../../cli/invoking/outputOption';

const command = 'endpoint invoke';
const none: InputOptions = {
  command,
  inputData: undefined,
  inputDatastore: undefined,
  inputPath: undefined,
  inputLocalPath: undefined,
};

test.each<[Partial<InputOptions>, object]>([
  [{ inputData: 'azureml:d:1' }, { dataInputType: 'DatasetVersion', datasetName: 'd', datasetVersion: '1' }],
  [
    { inputData: 'azureml:d@latest' },
    { dataInputType: 'DatasetVersion', datasetName: 'd', datasetVersion: undefined },
  ],
  [{ inputPath: 'https://x.y/z?sig=1' }, { dataInputType: 'DataUrl', path: 'https://x.y/z?sig=1' }],
  [
    { inputPath: 'azureml://datastores/d/paths/p' },
    { dataInputType: 'DataUrl', path: 'azureml://datastores/d/paths/p' },
  ],
  [
    { inputDatastore: 'azureml:d', inputPath: 'p/q' },
    { dataInputType: 'DataUrl', path: 'azureml://datastores/d/paths/p/q' },
  ],
  [{ inputLocalPath: '.' }, { dataInputType: 'DataUrl', path: `file://${tmpdir()}` }],
])('%j is the dataset %j', (options, expected) => {
  expect(inputOf({ ...none, ...options }, tmpdir())).toEqual({ dataset: expected });
});

test.each<[Partial<InputOptions>, object]>([
  [{ input: 'azureml:d@latest' }, { jobInputType: 'UriFolder', uri: 'azureml:d@latest' }],
  [
    { input: 'https://x.y/z', inputType: 'uri_file' },
    { jobInputType: 'UriFile', uri: 'https://x.y/z' },
  ],
  [
    { input: 'azureml://datastores/d/paths/p', inputType: 'uri_folder' },
    { jobInputType: 'UriFolder', uri: 'azureml://datastores/d/paths/p' },
  ],
  [{ input: '.' }, { jobInputType: 'UriFolder', uri: `file://${tmpdir()}` }],
  [{ inputPath: 'folder:https://x.y/z' }, { jobInputType: 'UriFolder', uri: 'https://x.y/z' }],
  [
    { inputPath: 'file:azureml://datastores/d/paths/p' },
    { jobInputType: 'UriFile', uri: 'azureml://datastores/d/paths/p' },
  ],
])('%j is the input %j, in the form of today', (options, expected) => {
  expect(inputOf({ ...none, ...options }, tmpdir())).toEqual({ inputData: { input: expected } });
});

test.each<[Partial<InputOptions>, string]>([
  [{ input: 'gone' }, 'InputNotFound'],
  [{ input: 'azureml://registries/r/data/d/versions/1' }, 'RegistryUnsupported'],
  [{ input: 'azureml:a:b:c' }, 'ReferenceInvalid'],
  [{ input: 'wasbs://c@a.blob.core.windows.net/p' }, 'UriInvalid'],
  [{ inputLocalPath: '.', inputType: 'uri_file' }, 'UsageInvalid'],
  [{ input: '.', inputData: 'azureml:d:1' }, 'UsageInvalid'],
])('%j is refused as %s', (options, code) => {
  expect(() => inputOf({ ...none, ...options }, tmpdir())).toThrow(
    expect.objectContaining({ code }) as Error,
  );
});

test.each([
  [{}, undefined],
  [{ outputPath: 'folder:azureml://datastores/d/paths/p' }, { path: 'azureml://datastores/d/paths/p' }],
  [{ outputPath: 'a/b' }, { path: 'a/b' }],
  [{ outputDatastore: 'azureml:d' }, { datastoreId: 'azureml:d' }],
  [
    { outputDatastore: 'd', outputPath: 'a' },
    { datastoreId: 'azureml:d', path: 'a' },
  ],
  [{ outputPath: 'azureml://datastores/d/paths/p' }, { path: 'azureml://datastores/d/paths/p' }],
  [{ outputPath: './a b' }, { path: 'file:///here/a%20b' }],
  [{ outputPath: './a/../..b' }, { path: 'file:///here/..b' }],
  [{ outputPath: '/here/../a' }, { path: 'file:///a' }],
  [{ outputPath: '.' }, { path: 'file:///here' }],
  [{ outputPath: '/a#?%' }, { path: 'file:///a%23%3F%25' }],
  [{ outputPath: 'file:///a%20b' }, { path: 'file:///a%20b' }],
  [{ outputPath: 'file:./a' }, { path: 'file:///here/a' }],
  [{ outputPath: '.hidden' }, { path: '.hidden' }],
])('%j is the output %j', (options, expected) => {
  expect(
    outputDatasetOf({ command, outputDatastore: undefined, outputPath: undefined, ...options }, '/here'),
  ).toEqual(expected);
});

test.each(['..', '../a', './a/../../b', 'file:../a'])('%s climbs out of the current folder', (outputPath) => {
  expect(() => outputDatasetOf({ command, outputDatastore: undefined, outputPath }, '/here/now')).toThrow(
    `'${outputPath}' cannot be the place of the output: it climbs out of the current folder with '..'. For a folder elsewhere, give its absolute path, such as '/`,
  );
});

test('a folder of this machine is not in a datastore', () => {
  expect(() => outputDatasetOf({ command, outputDatastore: 'd', outputPath: './x' }, '/here')).toThrow(
    "With --output-datastore, --output-path is a path in it, but came './x'.",
  );
});
