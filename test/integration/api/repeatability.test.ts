import { randomUUID } from 'node:crypto';
import type { ShownJob } from '../../../bench/product/productHost';
import { useApi, type ApiAnswer, type ErrorEnvelope } from '../../support/api';
import { echoScript } from '../../support/workspace';

type Started = ShownJob & ErrorEnvelope;

const api = useApi();
const path = '/batchEndpoints/digits/jobs';

beforeAll(async () => {
  await api.host.endpoint('digits', echoScript);
  api.host.inputs(3);
});

function invoke(headers: Record<string, string>, properties: object = {}): Promise<ApiAnswer<Started>> {
  const dataset = { dataInputType: 'DataUrl', path: `file://${api.host.folder}/input` };
  return api.send<Started>('POST', path, { headers, body: { properties: { dataset, ...properties } } });
}

async function countJobs(): Promise<number> {
  return (await api.pages<ShownJob>('/jobs?$top=1000', 1000)).length;
}

describe.each(['repeatability_request-id', 'Repeatability-Request-ID'])('A request with %s', (header) => {
  test('that comes again gives the job that it made', async () => {
    const id = randomUUID();
    const before = await countJobs();
    const first = await invoke({ [header]: id });
    const again = await invoke({ [header]: id });
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body.name).toBe(first.body.name);
    expect(await countJobs()).toBe(before + 1);
  });

  test('that asks for something else the second time is refused', async () => {
    const id = randomUUID();
    await invoke({ [header]: id });
    for (const other of [{ miniBatchSize: 1 }, { name: randomUUID() }]) {
      const { status, body } = await invoke({ [header]: id }, other);
      if ('name' in other) expect([status, body.name]).toEqual([201, other.name]);
      else expect([status, body.error.code]).toEqual([409, 'RequestConflict']);
    }
  });
});

test('both spellings of the header mean the same id', async () => {
  const id = randomUUID();
  const first = await invoke({ 'repeatability_request-id': id });
  const again = await invoke({ 'Repeatability-Request-ID': id.toUpperCase().toLowerCase() });
  expect(again.body.name).toBe(first.body.name);
});

test('a request without an id, or with an empty one, makes a job each time', async () => {
  const names = new Set<string>();
  const none = {};
  const empty = { 'repeatability-request-id': '' };
  for (const headers of [none, none, empty, empty] as Record<string, string>[]) {
    const { status, body } = await invoke(headers);
    expect(status).toBe(201);
    names.add(body.name);
  }
  expect(names.size).toBe(4);
});

test('of 40 that come at once with one id, one makes a job, and it runs once', async () => {
  const id = randomUUID();
  const before = await countJobs();
  const answers = await Promise.all(
    Array.from({ length: 40 }, () => invoke({ 'repeatability-request-id': id }, { miniBatchSize: 1 })),
  );
  const [name = ''] = [...new Set(answers.map(({ body }) => body.name))];
  expect(answers.map(({ status }) => status).sort()).toEqual([...Array.from({ length: 39 }, () => 200), 201]);
  expect(new Set(answers.map(({ body }) => body.name)).size).toBe(1);
  expect(await countJobs()).toBe(before + 1);
  const { properties } = await api.host.finished(name);
  expect(properties).toMatchObject({ status: 'Completed', progress: { rows: 3, tries: 3 } });
});

test('of 20 that come at once with one name and no id, one passes', async () => {
  const name = randomUUID();
  const answers = await Promise.all(Array.from({ length: 20 }, () => invoke({}, { name })));
  const passed = answers.filter(({ status }) => status === 201);
  expect(passed).toHaveLength(1);
  for (const { status, body } of answers.filter((one) => !passed.includes(one)))
    expect([status, body.error.code]).toEqual([409, 'JobExists']);
});

test('an id is known after the host was killed, and its job goes on once', async () => {
  const id = randomUUID();
  const { body: first } = await invoke({ 'repeatability-request-id': id });
  await api.host.kill();
  await api.host.start();
  const again = await invoke({ 'repeatability-request-id': id });
  expect([again.status, again.body.name]).toEqual([200, first.name]);
  expect((await invoke({ 'repeatability-request-id': id }, { miniBatchSize: 1 })).status).toBe(409);
  expect((await api.host.finished(first.name)).properties).toMatchObject({
    status: 'Completed',
    progress: { rows: 3 },
  });
});

test('the order of the members of a body and the case of names make no other request', async () => {
  const headers = { 'repeatability-request-id': randomUUID(), 'azureml-model-deployment': 'main' };
  const dataset = { dataInputType: 'DataUrl', path: `file://${api.host.folder}/input` };
  const send = (where: string, deployment: string, properties: object): Promise<ApiAnswer<Started>> =>
    api.send<Started>('POST', where, {
      headers: { ...headers, 'azureml-model-deployment': deployment },
      body: { properties },
    });
  const first = await send(path, 'main', { dataset, miniBatchSize: 2 });
  const again = await send('/batchEndpoints/DIGITS/jobs', 'MAIN', { MiniBatchSize: 2, Dataset: dataset });
  expect([first.status, again.status, again.body.name]).toEqual([201, 200, first.body.name]);
});

test('another deployment in the header makes another request', async () => {
  const id = randomUUID();
  const [shown] = [
    (await api.send<{ properties: object }>('GET', '/batchEndpoints/digits/deployments/main')).body,
  ];
  await api.host.ask('PUT', '/batchEndpoints/digits/deployments/other', { properties: shown.properties });
  const headers = { 'repeatability-request-id': id };
  expect((await invoke({ ...headers, 'azureml-model-deployment': 'main' })).status).toBe(201);
  const { status, body } = await invoke({ ...headers, 'azureml-model-deployment': 'other' });
  expect([status, body.error.code]).toEqual([409, 'RequestConflict']);
});

test.each([
  ['both spellings with different ids', { 'repeatability-request-id': 'a', 'repeatability_request-id': 'b' }],
  ['more than 255 characters', { 'repeatability-request-id': 'x'.repeat(256) }],
])('an id is refused with %s', async (_what, headers) => {
  const { status, body } = await invoke(headers);
  expect([status, body.error.code]).toEqual([400, 'ParameterInvalid']);
});
