import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ShownJob } from '../../../bench/product/productHost';
import { useApi, workspacePath, type ApiAnswer, type ErrorEnvelope } from '../../support/api';

type Started = ShownJob & ErrorEnvelope & { readonly id: string };

/** One row for each mini-batch: what it is told of itself. */
const tellingScript = `import logging, os
def run(mini_batch):
    name = os.path.basename(mini_batch[0])
    if os.environ.get("FAIL") == name:
        raise ValueError("as asked for")
    level = logging.getLevelName(logging.getLogger().getEffectiveLevel())
    return [f"{len(mini_batch)} {os.environ.get('WORD', '-')} {level}"] * len(mini_batch)
`;

const api = useApi({ BATCHPOINT_MAX_PARALLELISM: '4' });
const { host } = api;
const path = '/batchEndpoints/telling/jobs';
let input: string;

beforeAll(async () => {
  input = host.inputs(6);
  await host.endpoint('telling', tellingScript, {
    miniBatchSize: 2,
    retrySettings: { maxRetries: 1, timeout: 'PT30S' },
  });
});

function start(properties: object, headers: Record<string, string> = {}): Promise<ApiAnswer<Started>> {
  return api.send<Started>('POST', path, { headers, body: { properties } });
}

const dataset = (): object => ({ dataInputType: 'DataUrl', path: `file://${input}` });
const inputData = (jobInputType = 'UriFolder', uri = `file://${input}`): object => ({
  hearts: { jobInputType, uri },
});

async function rows(properties: object): Promise<string[]> {
  const { body } = await start({ dataset: dataset(), ...properties });
  const { outputUri = '' } = (await host.finished(body.name)).properties;
  return readFileSync(fileURLToPath(outputUri), 'utf8').trimEnd().split('\n');
}

describe('A job may have its own', () => {
  test('size of mini-batches', async () => {
    expect(await rows({})).toEqual(Array.from({ length: 6 }, () => '2 - INFO'));
    expect(await rows({ miniBatchSize: 3 })).toEqual(Array.from({ length: 6 }, () => '3 - INFO'));
  });

  test('environment variables, beside those of the deployment', async () => {
    expect(await rows({ miniBatchSize: 6, environmentVariables: { WORD: 'hello' } })).toEqual(
      Array.from({ length: 6 }, () => '6 hello INFO'),
    );
  });

  test('name of the output file', async () => {
    const { body } = await start({ dataset: dataset(), outputFileName: 'mine.csv' });
    const { properties } = await host.finished(body.name);
    expect(properties.outputUri).toMatch(/\/score\/mine\.csv$/);
    expect(existsSync(fileURLToPath(properties.outputUri ?? ''))).toBe(true);
  });

  test('error threshold, tries and timeout', async () => {
    const environmentVariables = { FAIL: 'f000000.txt' };
    const strict = { errorThreshold: 0, retrySettings: { maxRetries: 3, timeout: 'PT61S' } };
    const { body } = await start({ dataset: dataset(), environmentVariables, ...strict });
    expect(body.properties).toMatchObject(strict);
    expect((await host.finished(body.name)).properties).toMatchObject({
      status: 'Failed',
      failures: [{ tries: 3 }],
    });
    const lenient = await start({ dataset: dataset(), environmentVariables, errorThreshold: 2 });
    expect((await host.finished(lenient.body.name)).properties).toMatchObject({
      status: 'Completed',
      failures: [{ tries: 1 }],
    });
  });

  test('number of instances and of workers on each', async () => {
    const { body } = await start({
      dataset: dataset(),
      miniBatchSize: 1,
      compute: { instanceCount: 3 },
      maxConcurrencyPerInstance: 1,
    });
    expect(body.properties).toMatchObject({ compute: { instanceCount: 3 }, maxConcurrencyPerInstance: 1 });
    expect((await host.finished(body.name)).properties.progress).toMatchObject({ lanes: 3, rows: 6 });
  });

  test('output action: with SummaryOnly nothing is written', async () => {
    const { body } = await start({ dataset: dataset(), outputAction: 'SummaryOnly' });
    const { properties } = await host.finished(body.name);
    expect([properties.status, properties.outputUri]).toEqual(['Completed', undefined]);
  });

  test('level of logging', async () => {
    expect(await rows({ loggingLevel: 'debug' })).toEqual(Array.from({ length: 6 }, () => '2 - DEBUG'));
  });

  test('words about it, and values', async () => {
    const own = {
      description: 'mine',
      experimentName: 'trial',
      tags: { a: '1' },
      properties: { b: '2' },
    };
    const { body } = await start({ dataset: dataset(), ...own });
    expect(body.properties).toMatchObject(own);
    const named = await start({ dataset: dataset(), properties: { experimentName: 'inside' } });
    expect(named.body.properties).toMatchObject({ experimentName: 'inside' });
  });

  test('place of the output, in both forms', async () => {
    const folder = join(host.folder, `out-${randomUUID()}`);
    const uri = `file://${folder}/today.csv`;
    const today = await start({
      dataset: dataset(),
      outputData: { mine: { jobOutputType: 'UriFile', uri } },
    });
    expect(today.body.properties).toMatchObject({ outputData: { mine: { jobOutputType: 'UriFile', uri } } });
    await host.finished(today.body.name);
    expect(existsSync(join(folder, 'today.csv'))).toBe(true);
    const datastoreId = `${workspacePath}/datastores/workspaceblobstore`;
    const before = await start({
      dataset: dataset(),
      outputDataset: { datastoreId, path: `out/${randomUUID()}` },
    });
    expect((await host.finished(before.body.name)).properties.outputUri).toMatch(
      /\/out\/[-0-9a-f]+\/predictions\.csv$/,
    );
  });
});

test('every kind of input of the form of 2021 is taken: a URL, registered data by name and by id', async () => {
  const registered = { properties: { dataType: 'uri_folder', dataUri: `file://${input}` } };
  await host.ask('PUT', '/data/hearts/versions/1', registered);
  for (const given of [
    dataset(),
    { dataInputType: 'DatasetVersion', datasetName: 'hearts', datasetVersion: '1' },
    { dataInputType: 'DatasetVersion', datasetName: 'hearts' },
    { dataInputType: 'DatasetId', datasetId: `${workspacePath}/data/hearts/versions/1` },
    { DATAINPUTTYPE: 'datasetid', DatasetId: 'azureml:hearts:1' },
  ]) {
    const { status, body } = await start({ Dataset: given });
    expect([status, (await host.finished(body.name)).properties.progress]).toMatchObject([201, { rows: 6 }]);
  }
});

test('a job tells its input and output in both forms, with the URI that the output is going to have', async () => {
  const { body } = await start({ inputData: inputData() });
  const datastoreId = `${workspacePath}/datastores/workspaceblobstore`;
  const folder = { datastoreId, path: `azureml/${body.name}/score` };
  expect(body.properties).toMatchObject({
    dataset: { dataInputType: 'DataUrl', path: `file://${input}` },
    inputData: inputData(),
    output: folder,
    outputDataset: folder,
    outputData: {
      score: {
        jobOutputType: 'UriFile',
        uri: `azureml://subscriptions/s/resourcegroups/g/workspaces/w/datastores/workspaceblobstore/paths/azureml/${body.name}/score/predictions.csv`,
      },
    },
    interactionEndpoints: {
      Studio: { endpoint: expect.stringContaining(`/studio/jobs/${body.name}`) as string },
    },
  });
  const file = await start({ inputData: inputData('uri_file', `file://${input}/f000001.txt`) });
  expect(file.body.properties).toMatchObject({ inputData: { hearts: { jobInputType: 'UriFile' } } });
});

test('the output URI of a job is the input of another one', async () => {
  const { body } = await start({ inputData: inputData() });
  await host.finished(body.name);
  const { outputData } = body.properties as unknown as { outputData: { score: { uri: string } } };
  const next = await start({ inputData: inputData('UriFile', outputData.score.uri) });
  expect((await host.finished(next.body.name)).properties).toMatchObject({ progress: { rows: 1 } });
});

describe('An invocation is refused', () => {
  test.each([
    ['both forms of the input', () => ({ dataset: dataset(), inputData: inputData() }), 'InputFormsMixed'],
    [
      'both forms of the output',
      () => ({
        dataset: dataset(),
        outputDataset: { path: 'a' },
        outputData: { x: { uri: 'file:///tmp/x/y.csv' } },
      }),
      'OutputFormsMixed',
    ],
    ['a literal', () => ({ inputData: { x: { jobInputType: 'Literal', value: 1 } } }), 'LiteralUnsupported'],
    [
      'a literal in small letters',
      () => ({ inputData: { x: { jobInputType: 'literal' } } }),
      'LiteralUnsupported',
    ],
    ['a table', () => ({ inputData: inputData('MLTable') }), 'MlTableUnsupported'],
    ['a model', () => ({ inputData: inputData('CustomModel') }), 'KindUnsupported'],
    [
      'an output that is a folder',
      () => ({ dataset: dataset(), outputData: { x: { jobOutputType: 'UriFolder', uri: 'file:///tmp/x' } } }),
      'OutputFolderUnsupported',
    ],
    [
      'two inputs',
      () => ({
        inputData: { a: { jobInputType: 'UriFile', uri: 'x' }, b: { jobInputType: 'UriFile', uri: 'y' } },
      }),
      'InputAmbiguous',
    ],
    ['a key twice, in two spellings', () => ({ dataset: { ...dataset(), Path: 'x' } }), 'BodyInvalid'],
    [
      'a key twice, in two wrong spellings',
      () => ({ dataset: { dataInputType: 'DataUrl', PATH: 'x', Path: 'y' } }),
      'BodyInvalid',
    ],
    ['a key that is not known', () => ({ dataset: dataset(), minibatch: 3 }), 'BodyInvalid'],
  ])('with %s', async (_what, properties, code) => {
    const { status, body } = await start(properties());
    expect([status, body.error.code]).toEqual([400, code]);
  });

  test('with a deployment that is not there, by header or path', async () => {
    const { status, body } = await start({ dataset: dataset() }, { 'azureml-model-deployment': 'none' });
    expect([status, body.error.code]).toEqual([404, 'ResourceNotFound']);
    const request = { body: { properties: { dataset: dataset() } } };
    expect(await api.refusal('POST', '/batchEndpoints/telling/deployments/none/jobs', request)).toEqual([
      404,
      'ResourceNotFound',
    ]);
  });
});

test('an empty header of the deployment means the default one', async () => {
  const { status, body } = await start({ dataset: dataset() }, { 'azureml-model-deployment': '' });
  expect([status, body.properties]).toMatchObject([201, { deploymentName: 'main' }]);
});

test('what a client may send and what means nothing here is taken: read-only, null, and words for machines', async () => {
  const { status } = await start({
    dataset: dataset(),
    inputData: null,
    outputFileName: null,
    retrySettings: { timeout: null },
    status: 'Running',
    provisioningState: 7,
    interactionEndpoints: {},
    output: null,
    partitionKeys: ['a'],
    compute: {
      instanceCount: 1,
      instanceType: 'STANDARD_D2',
      isLocal: false,
      location: 'westus',
      properties: {},
    },
  });
  expect(status).toBe(201);
});

test('jobs are started, shown, listed and cancelled below a deployment as below its endpoint', async () => {
  const below = '/batchEndpoints/TELLING/deployments/MAIN/jobs';
  const request = { body: { properties: { dataset: dataset(), name: 'Below-It' } } };
  const { status, body } = await api.send<Started>('POST', below, request);
  expect([status, body.name]).toEqual([201, 'Below-It']);
  expect((await api.send<Started>('GET', `${below}/below-it`)).body.id).toBe(body.id);
  const { value } = (await api.send<{ value: Started[] }>('GET', `${below}?$top=1`)).body;
  expect(value.map(({ name }) => name)).toEqual(['Below-It']);
  expect([202, 409]).toContain((await api.send('POST', `${below}/BELOW-IT/cancel`)).status);
});
