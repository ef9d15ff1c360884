import {
  dataBody,
  datastoreBody,
  deploymentBody,
  environmentBody,
  settingsBody,
} from '../../../cli/files/bodies';
import type { DeploymentDefinition } from '../../../cli/files/normalForms';
import { shownDeployment } from '../../../cli/shown/deployment';
import { snakeCase } from '../../../cli/shown/words';
import { restBodies } from '../../../shared/schemas/restBodies';

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const deployment: DeploymentDefinition = {
  name: 'one',
  description: 'words',
  tags: { a: '1' },
  model: 'azureml:m:1',
  code_configuration: { code: './code', scoring_script: 'score.py' },
  compute: 'azureml:cpu',
  instance_count: 2,
  mini_batch_size: 5,
  output_action: 'summary_only',
  output_file_name: 'x.csv',
  retry_settings: { max_retries: 1, timeout: 90 },
  error_threshold: 3,
  logging_level: 'DEBUG',
  max_concurrency_per_instance: 4,
  environment_variables: { A: 'b' },
  output: { format: 'csv', columns: ['a', { name: 'b', type: 'int64' }], formula_escape: true },
  mini_batch: { by: 'rows', size: 100 },
  unsupported_types: 'skip',
  worker_memory: 512,
  allow_python_mismatch: true,
};
const assets = { model: 'azureml:m:1', code: 'azureml:c:1', environment: 'azureml:e:2' };

test('a deployment of a file becomes a body that a host accepts, and is shown as it was written', () => {
  const body = restBodies.batchDeployment(plain(deploymentBody(deployment, assets)));
  expect(body.properties).toMatchObject({
    model: { referenceType: 'Id', assetId: 'azureml:m:1' },
    codeConfiguration: { codeId: 'azureml:c:1', scoringScript: 'score.py' },
    environmentId: 'azureml:e:2',
    compute: 'azureml:cpu',
    resources: { instanceCount: 2 },
    outputAction: 'SummaryOnly',
    retrySettings: { maxRetries: 1, timeout: 'PT90S' },
    loggingLevel: 'Debug',
  });
  const root = '/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w';
  const { notifications: _none, ...properties } = body.properties;
  const answered = {
    id: `${root}/batchEndpoints/e/deployments/one`,
    name: 'one',
    type: 'Microsoft.MachineLearningServices/workspaces/batchEndpoints/deployments',
    location: 'local',
    tags: { a: '1' },
    systemData: { createdAt: '2026-01-01T00:00:00.000Z' },
    properties: {
      ...properties,
      properties: {},
      model: { referenceType: 'Id' as const, assetId: `${root}/models/m/versions/1` },
      codeConfiguration: { codeId: `${root}/codes/c/versions/1`, scoringScript: 'score.py' },
      environmentId: `${root}/environments/e/versions/2`,
      compute: `${root}/computes/cpu`,
      provisioningState: 'Succeeded' as const,
    },
  };
  const { model: _model, code_configuration: _code, compute, instance_count, ...rest } = deployment;
  expect(shownDeployment(answered)).toMatchObject({
    ...rest,
    logging_level: 'debug',
    compute: { target: compute, instance_count },
    model: 'azureml:m:1',
    code_configuration: { code: 'azureml:c:1', scoring_script: 'score.py' },
    environment: 'azureml:e:2',
    provisioning_state: 'Succeeded',
  });
});

test('what is left out is left to the host', () => {
  const { name, model, compute, instance_count } = deployment;
  const body = plain(
    deploymentBody(
      { name, model, compute, instance_count },
      { ...assets, code: undefined, environment: undefined },
    ),
  );
  expect(body).toEqual({
    properties: {
      model: { referenceType: 'Id', assetId: 'azureml:m:1' },
      compute: 'azureml:cpu',
      resources: { instanceCount: 2 },
    },
  });
  expect(plain(settingsBody({}))).toEqual({});
  expect(plain(settingsBody({ retry_settings: { max_retries: 0 } }))).toEqual({
    retrySettings: { maxRetries: 0 },
  });
});

test('data that lies elsewhere is not looked at', () => {
  const body = plain(dataBody({ name: 'd', path: 'https://x.y/z', type: 'uri_file' }, '/here'));
  expect(body).toEqual({ properties: { dataUri: 'https://x.y/z', dataType: 'uri_file' } });
  expect(() => dataBody({ name: 'd', path: './gone' }, '/nowhere')).toThrow(
    "The path of data asset 'd' does not exist",
  );
});

test('an environment has a conda file, an image, or both', () => {
  expect(plain(environmentBody({ image: 'a' }, { condaFile: 'dependencies: []' }))).toEqual({
    properties: { condaFile: 'dependencies: []', image: 'a' },
  });
  expect(plain(environmentBody({ image: 'b' }, {}))).toEqual({ properties: { image: 'b' } });
});

test.each([
  [{ account_key: 'k' }, { credentialsType: 'AccountKey', secrets: { key: 'k' } }],
  [{ sas_token: 's' }, { credentialsType: 'Sas', secrets: { sasToken: 's' } }],
  [{}, { credentialsType: 'None', secrets: {} }],
])('a datastore with %j', (credentials, expected) => {
  const body = datastoreBody(
    { name: 'd', type: 'azure_blob', account_name: 'a', container_name: 'c', protocol: 'http', credentials },
    '/here',
  );
  expect(restBodies.datastore(plain(body)).properties).toEqual({
    datastoreType: 'AzureBlob',
    accountName: 'a',
    containerName: 'c',
    protocol: 'http',
    credentials: expected,
  });
});

test('a datastore that is a folder lies where the file says', () => {
  const body = datastoreBody({ name: 'd', type: 'local_folder', path: './x' }, '/here');
  expect(plain(body)).toEqual({ properties: { datastoreType: 'LocalFolder', folder: '/here/x' } });
});

test.each([
  ['miniBatchesDone', 'mini_batches_done'],
  ['AppendRow', 'append_row'],
  ['Info', 'info'],
  ['DataUrl', 'data_url'],
])('%s is %s', (word, expected) => {
  expect(snakeCase(word)).toBe(expected);
});
