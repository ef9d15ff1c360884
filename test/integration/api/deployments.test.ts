import { useApi, type ApiAnswer, type ErrorEnvelope } from '../../support/api';
import { echoScript } from '../../support/workspace';

interface Deployment extends ErrorEnvelope {
  readonly properties: Readonly<Record<string, unknown>>;
}

const api = useApi();
const one = '/batchEndpoints/digits/deployments/one';

const definition = (more: object = {}): object => ({
  properties: {
    model: { referenceType: 'Id', assetId: 'azureml:digits:1' },
    codeConfiguration: { codeId: 'azureml:digits:1', scoringScript: 'score.py' },
    compute: 'azureml:cpu',
    ...more,
  },
});

const useDefault = (deploymentName: string | null): Promise<ApiAnswer<ErrorEnvelope>> =>
  api.send('PATCH', '/batchEndpoints/digits', { body: { properties: { defaults: { deploymentName } } } });

const invoke = (headers: Record<string, string> = {}): Promise<ApiAnswer<ErrorEnvelope>> =>
  api.send('POST', '/batchEndpoints/digits/jobs', {
    headers,
    body: { properties: { dataset: { dataInputType: 'DataUrl', path: `file://${api.host.folder}/input` } } },
  });

beforeAll(async () => {
  await api.host.endpoint('digits', echoScript);
  api.host.inputs(2);
});

test('a deployment is made with 201, replaced with 200, and shows its defaults', async () => {
  const first = await api.send<Deployment>('PUT', one, { body: definition() });
  expect(first.status).toBe(201);
  expect(first.body.properties).toMatchObject({
    errorThreshold: -1,
    loggingLevel: 'Info',
    maxConcurrencyPerInstance: 1,
    miniBatchSize: 10,
    outputAction: 'AppendRow',
    outputFileName: 'predictions.csv',
    provisioningState: 'Succeeded',
    resources: { instanceCount: 1 },
    retrySettings: { maxRetries: 3, timeout: 'PT30S' },
  });
  const second = await api.send<Deployment>('PUT', one, { body: definition({ miniBatchSize: 2 }) });
  expect([second.status, second.body.properties['miniBatchSize']]).toEqual([200, 2]);
  expect((await api.send('GET', one)).body).toEqual(second.body);
});

test('what is shown of a deployment makes the same one again', async () => {
  const { body } = await api.send<Deployment>('PUT', one, { body: definition({ errorThreshold: 4 }) });
  const again = await api.send<Deployment>('PUT', '/batchEndpoints/digits/deployments/two', { body });
  expect([again.status, again.body.properties]).toEqual([201, body.properties]);
});

test('a patch changes what it names, and keeps the rest', async () => {
  await api.send('PUT', one, {
    body: definition({ miniBatchSize: 7, environmentVariables: { A: '1', B: '2' } }),
  });
  const { body } = await api.send<Deployment>('PATCH', one, {
    body: { properties: { errorThreshold: 3, environmentVariables: { B: null, C: '3' } } },
  });
  expect(body.properties).toMatchObject({ miniBatchSize: 7, errorThreshold: 3 });
  expect(body.properties['environmentVariables']).toEqual({ A: '1', C: '3' });
});

test.each(['PUT', 'PATCH', 'DELETE'])('%s of a version that was replaced is refused', async (method) => {
  const { headers } = await api.send('PUT', one, { body: definition() });
  await api.send('PUT', one, { body: definition({ miniBatchSize: 3 }) });
  const request = { headers: { 'if-match': String(headers.etag) }, body: definition({ miniBatchSize: 4 }) };
  expect(await api.refusal(method, one, request)).toEqual([412, 'ResourceChanged']);
  expect((await api.send<Deployment>('GET', one)).body.properties['miniBatchSize']).toBe(3);
});

describe('What a deployment names', () => {
  test.each([
    [{ model: { referenceType: 'Id', assetId: 'azureml:none:1' } }, 404, 'ResourceNotFound'],
    [{ model: { referenceType: 'Id', assetId: 'azureml:digits:9' } }, 404, 'VersionNotFound'],
    [{ model: { referenceType: 'Id', assetId: 'a:b:c:d' } }, 400, 'ReferenceInvalid'],
    [{ compute: 'azureml:none' }, 404, 'ResourceNotFound'],
    [{ environmentId: 'azureml:none@latest' }, 404, 'ResourceNotFound'],
    [{ codeConfiguration: { codeId: 'azureml:digits:1', scoringScript: 'no.py' } }, 400, 'ScriptMissing'],
    [{ codeConfiguration: { codeId: 'azureml:digits:1', scoringScript: '../x.py' } }, 400, 'ScriptMissing'],
    [{ codeConfiguration: null }, 400, 'ScriptNeeded'],
    [{ miniBatchSize: 0 }, 400, 'BodyInvalid'],
    [{ outputFileName: '../out.csv' }, 400, 'BodyInvalid'],
  ])('has to be there: %j', async (more, status, code) => {
    const path = '/batchEndpoints/digits/deployments/refused';
    expect(await api.refusal('PUT', path, { body: definition(more) })).toEqual([status, code]);
    expect(await api.refusal('GET', path)).toEqual([404, 'ResourceNotFound']);
  });
});

describe('The traffic of an endpoint', () => {
  const gone = '/batchEndpoints/digits/deployments/gone';

  test('goes to its default deployment, which has to be there', async () => {
    const { status, body } = await useDefault('none');
    expect([status, body.error.code]).toEqual([400, 'DefaultDeploymentMissing']);
    expect((await useDefault('main')).status).toBe(200);
    expect((await invoke()).body).toMatchObject({ properties: { deploymentName: 'main' } });
  });

  test('can be taken away: then an invocation has to name a deployment', async () => {
    for (const none of [null, '']) {
      await useDefault('main');
      expect((await useDefault(none)).status).toBe(200);
      const { status, body } = await invoke();
      expect([status, body.error]).toEqual([
        400,
        {
          code: 'NoDefaultDeployment',
          message:
            'No valid deployments to route to. Please check that the endpoint has at least one deployment with positive weight values or use a deployment specific header to route.',
        },
      ]);
      expect((await invoke({ 'azureml-model-deployment': 'main' })).status).toBe(201);
    }
    await useDefault('main');
  });

  test('keeps its deployment from being deleted, until it goes to another one', async () => {
    await api.send('PUT', gone, { body: definition() });
    await useDefault('gone');
    expect(await api.refusal('DELETE', gone)).toEqual([409, 'DefaultDeploymentInUse']);
    expect(
      await api.refusal('DELETE', gone.toUpperCase().replace('BATCHENDPOINTS', 'batchEndpoints')),
    ).toEqual([409, 'DefaultDeploymentInUse']);
    await useDefault('main');
    expect((await api.send('DELETE', gone)).status).toBe(202);
    expect((await api.send('DELETE', gone)).status).toBe(204);
  });

  test('of one invocation is led by the header azureml-model-deployment', async () => {
    await api.send('PUT', one, { body: definition() });
    await useDefault('main');
    const led = await invoke({ 'azureml-model-deployment': 'one' });
    expect(led.body).toMatchObject({ properties: { deploymentName: 'one' } });
    const { status, body } = await invoke({ 'azureml-model-deployment': 'none' });
    expect([status, body.error.code]).toEqual([404, 'ResourceNotFound']);
    expect(body.error.message).toContain("deployment 'none'");
  });
});

test('a compute that a deployment uses is not deleted', async () => {
  const { status, body } = await api.send('DELETE', '/computes/CPU');
  expect([status, body.error.code]).toEqual([409, 'ComputeInUse']);
});

test('words of Azure for other machines and kinds are taken, and a pipeline is refused', async () => {
  const path = '/batchEndpoints/digits/deployments/worded';
  const words = {
    resources: {
      instanceCount: 2,
      instanceType: 'STANDARD_DS3',
      properties: {},
      locations: ['westus'],
      maxInstanceCount: 3,
    },
    partitionKeys: ['a'],
    deploymentConfiguration: { deploymentConfigurationType: 'Model' },
    environmentId: null,
    description: null,
  };
  const { status, body } = await api.send<Deployment>('PUT', path, { body: definition(words) });
  expect([status, body.properties['resources']]).toEqual([201, { instanceCount: 2 }]);
  const deploymentConfiguration = { deploymentConfigurationType: 'PipelineComponent' };
  expect(await api.refusal('PUT', path, { body: definition({ deploymentConfiguration }) })).toEqual([
    400,
    'PipelineUnsupported',
  ]);
});
