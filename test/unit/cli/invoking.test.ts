import { tmpdir } from 'node:os';
import { datasetOf, type InputOptions } from '../../../cli/invoking/inputOption';
import { outputDatasetOf } from '../../../cli/invoking/outputOption';

const none: InputOptions = {
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
  expect(datasetOf({ ...none, ...options }, tmpdir())).toEqual(expected);
});

test.each([
  [{}, undefined],
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
  expect(outputDatasetOf({ outputDatastore: undefined, outputPath: undefined, ...options }, '/here')).toEqual(
    expected,
  );
});

test.each(['..', '../a', './a/../../b', 'file:../a'])('%s climbs out of the current folder', (outputPath) => {
  expect(() => outputDatasetOf({ outputDatastore: undefined, outputPath }, '/here/now')).toThrow(
    `'${outputPath}' cannot be the place of the output: it climbs out of the current folder with '..'. For a folder elsewhere, give its absolute path, such as '/`,
  );
});

test('a folder of this machine is not in a datastore', () => {
  expect(() => outputDatasetOf({ outputDatastore: 'd', outputPath: './x' }, '/here')).toThrow(
    "With --output-datastore, --output-path is a path in it, but came './x'.",
  );
});
