import { inputOf } from '../../../shared/invocation/inputOf';
import { outputOf } from '../../../shared/invocation/outputOf';
import { secondsOf } from '../../../shared/invocation/settingsOf';
import { restBodies } from '../../../shared/schemas/restBodies';

const properties = (body: object): ReturnType<typeof restBodies.job>['properties'] =>
  restBodies.job({ properties: body }).properties;

describe('the input of an invocation', () => {
  test.each([
    [{ dataset: { dataInputType: 'DataUrl', Path: 'https://x/y' } }, 'https://x/y'],
    [
      { Dataset: { DataInputType: 'DatasetVersion', DatasetName: 'taxi', DatasetVersion: '2' } },
      'azureml:taxi:2',
    ],
    [{ dataset: { dataInputType: 'DatasetVersion', datasetName: 'taxi' } }, 'azureml:taxi@latest'],
    [{ dataset: { dataInputType: 'DatasetId', datasetId: '/subscriptions/x' } }, '/subscriptions/x'],
    [
      { InputData: { any: { JobInputType: 'UriFolder', Uri: 'azureml://datastores/d/paths/p' } } },
      'azureml://datastores/d/paths/p',
    ],
  ])('comes from either form of the body, keys in any case: %j', (body, expected) => {
    expect(inputOf(properties(body)).uri).toBe(expected);
  });

  test('has to be there', () => {
    expect(() => inputOf(properties({}))).toThrow(expect.objectContaining({ code: 'InputMissing' }));
    expect(() => inputOf(properties({ dataset: { dataInputType: 'DataUrl' } }))).toThrow(
      expect.objectContaining({ code: 'InputMissing' }),
    );
  });

  test('has to be one', () => {
    const a = { jobInputType: 'UriFile', uri: 'https://y' };
    const dataset = { dataInputType: 'DataUrl', path: 'https://x' };
    for (const [given, code] of [
      [{ inputData: { a, b: a } }, 'InputAmbiguous'],
      [{ dataset, inputData: { a } }, 'InputFormsMixed'],
    ] as const)
      expect(() => inputOf(properties(given))).toThrow(expect.objectContaining({ code }));
  });
});

describe('the output of an invocation', () => {
  const defaults = { job: 'j1', fileName: 'predictions.csv', localFiles: true };

  test.each([
    [
      {},
      {
        kind: 'datastore',
        datastore: 'workspaceblobstore',
        folder: 'azureml/j1/score',
        fileName: 'predictions.csv',
      },
    ],
    [
      { outputDataset: { path: 'my/out/' } },
      { kind: 'datastore', datastore: 'workspaceblobstore', folder: 'my/out', fileName: 'predictions.csv' },
    ],
    [
      { outputDataset: { datastoreId: 'azureml:other', path: 'x' } },
      { kind: 'datastore', datastore: 'other', folder: 'x', fileName: 'predictions.csv' },
    ],
    [
      { outputDataset: { path: 'azureml://datastores/d/paths/p' } },
      { kind: 'datastore', datastore: 'd', folder: 'p', fileName: 'predictions.csv' },
    ],
    [
      { outputDataset: { path: 'file:///tmp/my%20out' } },
      { kind: 'local', folder: '/tmp/my out', fileName: 'predictions.csv' },
    ],
    [
      { outputData: { score: { jobOutputType: 'UriFile', uri: 'azureml://datastores/d/paths/p/q.csv' } } },
      { kind: 'datastore', datastore: 'd', folder: 'p', fileName: 'q.csv' },
    ],
    [
      { outputData: { score: { uri: 'file:///tmp/a%20b.csv' } } },
      { kind: 'local', folder: '/tmp', fileName: 'a b.csv' },
    ],
  ])('of %j is found', (body, expected) => {
    expect(outputOf(properties(body), defaults)).toEqual(expected);
  });

  test.each([
    [{ outputDataset: { path: '../elsewhere' } }],
    [{ outputDataset: { path: 'a/../../b' } }],
    [{ outputDataset: { path: '/absolute' } }],
    [{ outputDataset: { path: 'file:///tmp/../etc' } }],
    [{ outputDataset: { datastoreId: 'azureml:a:1' } }],
    [{ outputData: { score: { uri: 'azureml://datastores/d/paths/' } } }],
    [
      {
        outputData: {
          a: { uri: 'azureml://datastores/d/paths/x' },
          b: { uri: 'azureml://datastores/d/paths/y' },
        },
      },
    ],
  ])('of %j is refused', (body) => {
    expect(() => outputOf(properties(body), defaults)).toThrow(
      expect.objectContaining({ code: 'OutputInvalid' }),
    );
  });

  test('is no local path where the host does not share the machine', () => {
    const body = properties({ outputDataset: { path: 'file:///tmp/x' } });
    expect(() => outputOf(body, { ...defaults, localFiles: false })).toThrow(
      expect.objectContaining({ code: 'LocalPathNotShared' }),
    );
  });
});

test.each([
  ['PT30S', 30],
  ['PT1M30S', 90],
  ['PT0.5S', 0.5],
  ['P1DT2H', 93_600],
  ['P1W', 604_800],
])('the duration %s is %s seconds', (duration, seconds) => {
  expect(secondsOf(duration)).toBe(seconds);
});
