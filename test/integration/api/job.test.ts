import { until } from '../../../bench/product/until';
import type { ShownJob } from '../../../bench/product/productHost';
import { useApi } from '../../support/api';
import { Gate } from '../../support/gatedScript';

const api = useApi();
const { host } = api;
const gate = new Gate(host);
let input: string;

beforeAll(async () => {
  input = host.inputs(4);
  await gate.endpoint('gated');
  await host.endpoint(
    'picky',
    `import os
def run(mini_batch):
    for path in mini_batch:
        if "f000002" in path:
            raise ValueError("cannot read " + os.path.basename(path))
    return mini_batch
`,
    { miniBatchSize: 1, retrySettings: { maxRetries: 2, timeout: 'PT30S' } },
  );
});
beforeEach(() => gate.close());

const isRunning = ({ properties }: ShownJob): boolean => properties.status === 'Running';
const cancel = (name: string): ReturnType<typeof api.refusal> => api.refusal('POST', `/jobs/${name}/cancel`);

describe('A job', () => {
  test('shows how far it is while it runs, and when it came to each phase', async () => {
    const { name, properties } = await host.invoke('gated', input);
    expect(properties).toMatchObject({ status: expect.stringMatching(/Queued|Preparing|Running/) as string });
    const running = await until(() => host.job(name), isRunning);
    expect(running.properties).toMatchObject({
      provisioningState: 'InProgress',
      progress: { miniBatches: 4, files: 4, miniBatchesDone: 0, rows: 0 },
      times: { created: expect.any(String) as string, planned: expect.any(String) as string },
    });
    for (const absent of ['error', 'outputUri', 'endTime', 'failures'])
      expect(running.properties).not.toHaveProperty(absent);
    gate.open();
    const { properties: done } = await host.finished(name);
    expect(done).toMatchObject({
      status: 'Completed',
      provisioningState: 'Succeeded',
      progress: { miniBatchesDone: 4, filesDone: 4, filesFailed: 0, rows: 4, tries: 4 },
      outputUri: expect.stringMatching(
        new RegExp(`^file:///.*/azureml/${name}/score/predictions\\.csv$`),
      ) as string,
      outputBytes: 8,
    });
    const { created, started, planned, scored, finishing, ended } = done.times;
    const order = [created, started, planned, scored, finishing, ended].filter((time) => time !== undefined);
    expect(order).toEqual([...order].sort());
    for (const time of order) expect(new Date(time).toISOString()).toBe(time);
  });

  test('that fails shows its error, its first failures and the end of their tracebacks', async () => {
    const { name } = await host.invoke('picky', input, { errorThreshold: 0 });
    const { properties } = await host.finished(name);
    expect(properties).toMatchObject({
      status: 'Failed',
      provisioningState: 'Failed',
      error: { code: 'ErrorThresholdExceeded', details: [{ code: 'RunRaised', target: 'mini-batch 2' }] },
      failures: [
        {
          miniBatch: 2,
          files: ['f000002.txt'],
          failed: 1,
          code: 'RunRaised',
          exception: 'ValueError',
          tries: 2,
          traceback: expect.stringMatching(/ValueError: cannot read f000002\.txt\s*$/) as string,
        },
      ],
    });
    expect(properties).not.toHaveProperty('outputUri');
  });

  test('that is cancelled can be cancelled again', async () => {
    const { name } = await host.invoke('gated', input);
    await until(() => host.job(name), isRunning);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => api.send('POST', `/jobs/${name}/cancel`)),
    );
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202]);
    expect((await host.finished(name)).properties).toMatchObject({
      status: 'Canceled',
      provisioningState: 'Canceled',
    });
    expect((await api.send('POST', `/jobs/${name}/cancel`)).status).toBe(202);
  });

  test('is cancelled below its endpoint too', async () => {
    const { name } = await host.invoke('gated', input);
    expect((await api.send('POST', `/batchEndpoints/gated/jobs/${name}/cancel`)).status).toBe(202);
    expect((await host.finished(name)).properties.status).toBe('Canceled');
  });

  test('that has ended cannot be cancelled', async () => {
    gate.open();
    const completed = await host.invoke('gated', input);
    const failed = await host.invoke('picky', input, { errorThreshold: 0 });
    for (const { name } of [completed, failed]) {
      const { status } = (await host.finished(name)).properties;
      expect(await cancel(name)).toEqual([409, 'JobNotCancellable']);
      expect((await host.job(name)).properties.status).toBe(status);
    }
  });
});

test('an input is taken from any spelling of the keys of a body', async () => {
  gate.open();
  const uri = `file://${input}`;
  const bodies = [
    { properties: { InputData: { any: { JobInputType: 'UriFolder', Uri: uri } }, MiniBatchSize: 2 } },
    { Properties: { inputdata: { any: { JOBINPUTTYPE: 'UriFolder', URI: uri } }, minibatchsize: 2 } },
    { PROPERTIES: { Dataset: { DataInputType: 'DataUrl', Path: uri }, miniBatchSize: 2 } },
    { properties: { dataset: { dataInputType: 'DataUrl', path: uri }, miniBatchSize: 2 } },
  ];
  for (const body of bodies) {
    const started = await api.send<ShownJob>('POST', '/batchEndpoints/gated/jobs', { body });
    expect([started.status, started.body]).toMatchObject([201, { properties: { miniBatchSize: 2 } }]);
    expect((await host.finished(started.body.name)).properties).toMatchObject({
      status: 'Completed',
      progress: { rows: 4 },
    });
  }
});

test.each([
  [{}, 400, 'InputMissing'],
  [{ dataset: { dataInputType: 'DataUrl', path: 'file:///nowhere/at/all' } }, 400, 'InputNotFound'],
  [{ dataset: { dataInputType: 'DataUrl', path: 'ftp://host/file' } }, 400, 'UriInvalid'],
  [{ dataset: { dataInputType: 'Data', path: 'x' } }, 400, 'BodyInvalid'],
  [{ dataset: { dataInputType: 'DatasetVersion', datasetName: 'none' } }, 404, 'ResourceNotFound'],
  [
    { inputData: { a: { jobInputType: 'UriFile', uri: 'x' }, b: { jobInputType: 'UriFile', uri: 'y' } } },
    400,
    'InputAmbiguous',
  ],
  [{ inputData: { 'a b': { jobInputType: 'UriFile', uri: 'x' } } }, 400, 'BodyInvalid'],
])('an input that cannot be scored is refused and makes no job: %j', async (properties, status, code) => {
  const before = await api.pages('/jobs', 100);
  expect(await api.refusal('POST', '/batchEndpoints/gated/jobs', { body: { properties } })).toEqual([
    status,
    code,
  ]);
  expect(await api.pages('/jobs', 100)).toHaveLength(before.length);
});

test('a folder is refused where one file is said to be the input', async () => {
  const inputData = { x: { jobInputType: 'UriFile', uri: `file://${host.inputs(2, 'two')}` } };
  const body = { properties: { inputData } };
  expect(await api.refusal('POST', '/batchEndpoints/gated/jobs', { body })).toEqual([400, 'InputIsFolder']);
});

test.each(['PT0S', 'P0D', 'PT0.0S'])('a timeout of no time is refused: %s', async (timeout) => {
  const dataset = { dataInputType: 'DataUrl', path: `file://${host.inputs(2, 'two')}` };
  const body = { properties: { dataset, retrySettings: { timeout } } };
  expect(await api.refusal('POST', '/batchEndpoints/gated/jobs', { body })).toEqual([400, 'BodyInvalid']);
});
