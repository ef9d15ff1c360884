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
    'azureml://datastores/d/paths/../x',
    'file://host/x',
  ])('%j is refused', (uri) => {
    expect(() => parseInputUri(uri)).toThrow(expect.objectContaining({ code: 'UriInvalid' }));
  });

  test.each(['a/../b', '..', './a', 'a\\b', 'a\0b'])('a path like %j does not climb', (path) => {
    expect(() => checkedRelativePath(path)).toThrow(expect.objectContaining({ code: 'UriInvalid' }));
  });
});
