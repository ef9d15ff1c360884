import { parseAssetReference, parseNameReference } from '../../../shared/registry/references';

const workspace =
  '/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w';

describe('a reference to an asset', () => {
  test.each([
    ['azureml:taxi:3', { name: 'taxi', version: '3' }],
    ['azureml:taxi@latest', { name: 'taxi' }],
    ['azureml:taxi', { name: 'taxi' }],
    ['taxi:3', { name: 'taxi', version: '3' }],
    [`${workspace}/models/taxi/versions/3`, { name: 'taxi', version: '3' }],
    [`azureml:${workspace}/models/taxi/versions/3`, { name: 'taxi', version: '3' }],
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
  ])('%j is refused', (reference) => {
    expect(() => parseAssetReference('models', reference)).toThrow(
      expect.objectContaining({ code: 'ReferenceInvalid' }),
    );
  });
});

describe('a reference to a compute', () => {
  test.each(['azureml:cpu', 'cpu', `${workspace}/computes/cpu`])('%s names it', (reference) => {
    expect(parseNameReference('computes', reference)).toBe('cpu');
  });

  test('by anything else is refused', () => {
    expect(() => parseNameReference('computes', 'azureml:cpu:1')).toThrow(
      expect.objectContaining({ code: 'NameReferenceInvalid' }),
    );
  });
});
