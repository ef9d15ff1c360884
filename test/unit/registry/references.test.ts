import { parseAssetReference, parseNameReference } from '../../../shared/registry/references';

const workspace =
  '/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w';

const taxi3 = { name: 'taxi', version: '3' };

describe('a reference to an asset', () => {
  test.each([
    ['azureml:taxi:3', { name: 'taxi', version: '3' }],
    ['azureml:taxi@latest', { name: 'taxi' }],
    ['azureml:taxi', { name: 'taxi' }],
    ['taxi:3', { name: 'taxi', version: '3' }],
    [`${workspace}/models/taxi/versions/3`, { name: 'taxi', version: '3' }],
    [`azureml:${workspace}/models/taxi/versions/3`, { name: 'taxi', version: '3' }],
    [`azureml:/${workspace}/models/taxi/versions/3`, { name: 'taxi', version: '3' }],
    [`AzureML:${workspace.toUpperCase()}/Models/taxi/Versions/3/`, { name: 'taxi', version: '3' }],
    [`${workspace}/models/taxi/labels/latest`, { name: 'taxi' }],
    ['azureml://subscriptions/s/resourcegroups/g/workspaces/w/models/taxi/versions/3', taxi3],
    ['azureml://locations/westeurope/workspaces/w/models/taxi/versions/3', taxi3],
    ['azureml://locations/westeurope/workspaces/w/models/taxi/labels/latest', { name: 'taxi' }],
    ['azureml://models/taxi/versions/3', taxi3],
  ])('%s names a version', (reference, expected) => {
    expect(parseAssetReference('models', reference)).toEqual(expected);
  });

  test.each([
    '',
    'azureml:',
    'azureml:a:b:c',
    'azureml:a@newest',
    `${workspace}/codes/taxi/versions/3`,
    `${workspace}/models/taxi`,
    `${workspace}/models/taxi/labels/newest`,
    `/elsewhere/models/taxi/versions/3`,
    'azureml://elsewhere/models/taxi/versions/3',
    'azureml://datastores/d/paths/models/taxi/versions/3',
  ])('%j is refused', (reference) => {
    expect(() => parseAssetReference('models', reference)).toThrow(
      expect.objectContaining({ code: 'ReferenceInvalid' }),
    );
  });
});

test('what is no reference is told with its kind', () => {
  expect(() => parseAssetReference('environments', 'example.com/image:1')).toThrow(
    "'example.com/image:1' does not name an environment.",
  );
  expect(() => parseAssetReference('models', './model')).toThrow("'./model' does not name a model.");
});

test('what is in a registry is refused as such, whatever it is', () => {
  const unsupported = expect.objectContaining({ code: 'RegistryUnsupported' }) as Error;
  const registry = 'azureml://registries/azureml';
  expect(() => parseAssetReference('models', `${registry}/models/taxi/versions/3`)).toThrow(unsupported);
  expect(() => parseAssetReference('environments', `${registry}/environments/e/labels/latest`)).toThrow(
    unsupported,
  );
});

describe('a reference to a compute', () => {
  test.each([
    'azureml:cpu',
    'cpu',
    `${workspace}/computes/cpu`,
    `azureml:${workspace}/Computes/cpu`,
    'azureml://subscriptions/s/resourcegroups/g/workspaces/w/computes/cpu',
  ])('%s names it', (reference) => {
    expect(parseNameReference('computes', reference)).toBe('cpu');
  });

  test('by anything else is refused', () => {
    expect(() => parseNameReference('computes', 'azureml:cpu:1')).toThrow(
      expect.objectContaining({ code: 'NameReferenceInvalid' }),
    );
  });
});
