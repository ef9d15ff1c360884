import { checkedRelativePath, parseInputUri } from '../../../shared/inputs/inputUri';

describe('an input as it is written', () => {
  test.each([
    ['file:///data/my%20files', { kind: 'local', path: '/data/my files' }],
    ['https://x.blob.core.windows.net/c/f', { kind: 'url', url: 'https://x.blob.core.windows.net/c/f' }],
    ['azureml://datastores/d/paths/a/b/', { kind: 'datastore', datastore: 'd', path: 'a/b' }],
    ['azureml://datastores/d/paths/', { kind: 'datastore', datastore: 'd', path: '' }],
    [
      'azureml://subscriptions/s/resourcegroups/g/workspaces/w/datastores/d/paths/a',
      { kind: 'datastore', datastore: 'd', path: 'a' },
    ],
    [
      'AzureML://Subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/Workspaces/w/Datastores/d/Paths/a',
      { kind: 'datastore', datastore: 'd', path: 'a' },
    ],
    // What looks like another datastore is a part of the path.
    [
      'azureml://datastores/d/paths/datastores/e/paths/f',
      { kind: 'datastore', datastore: 'd', path: 'datastores/e/paths/f' },
    ],
    ...[
      'azureml://locations/westeurope/workspaces/w/data/taxi/versions/1',
      'azureml://subscriptions/s/resourcegroups/g/workspaces/w/data/taxi/versions/1',
      'azureml:/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w/data/taxi/versions/1',
    ].map((uri): [string, object] => [uri, { kind: 'data', reference: uri }]),
    ['azureml:taxi:1', { kind: 'data', reference: 'azureml:taxi:1' }],
    [
      '/subscriptions/s/x/data/taxi/versions/1',
      { kind: 'data', reference: '/subscriptions/s/x/data/taxi/versions/1' },
    ],
  ])('%s is understood', (uri, expected) => {
    expect(parseInputUri(uri)).toEqual(expected);
  });

  test.each([
    '',
    'data/files',
    'ftp://x/y',
    'azureml://datastores/d',
    'azureml://elsewhere/datastores/d/paths/a',
    'azureml://subscriptions/s/datastores/d/paths/a',
    'azureml://datastores/d/paths/../x',
    'file://host/x',
  ])('%j is refused', (uri) => {
    expect(() => parseInputUri(uri)).toThrow(expect.objectContaining({ code: 'UriInvalid' }));
  });

  test('of a registry is refused as such', () => {
    expect(() => parseInputUri('azureml://registries/r/data/taxi/versions/1')).toThrow(
      expect.objectContaining({ code: 'RegistryUnsupported' }),
    );
  });

  test.each(['a/../b', '..', './a', 'a\\b', 'a\0b'])('a path like %j does not climb', (path) => {
    expect(() => checkedRelativePath(path)).toThrow(expect.objectContaining({ code: 'UriInvalid' }));
  });
});
