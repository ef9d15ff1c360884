import { until } from '../../../bench/product/until';
import type { ShownJob } from '../../../bench/product/productHost';
import { useApi, type ApiAnswer } from '../../support/api';
import { Gate } from '../../support/gatedScript';

interface Operation {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly startTime: string;
  readonly endTime?: string;
}

const api = useApi();
const { host } = api;
const gate = new Gate(host);
let input: string;

beforeAll(() => {
  input = host.inputs(3);
});
beforeEach(() => gate.close());

const isRunning = ({ properties }: ShownJob): boolean => properties.status === 'Running';

/** Starts a job of an endpoint that waits at the gate. */
async function running(endpoint: string): Promise<string> {
  await gate.endpoint(endpoint);
  const { name } = await host.invoke(endpoint, input);
  await until(() => host.job(name), isRunning);
  return name;
}

/** Follows a link of an answer to the host as it is now. */
function follow<Body>(answer: ApiAnswer<unknown>, header: string): Promise<ApiAnswer<Body>> {
  const { pathname, search } = new URL(String(answer.headers[header]));
  return api.send<Body>('GET', `/${pathname}${search}`);
}

const statusOf = async (answer: ApiAnswer<unknown>): Promise<string> =>
  (await follow<Operation>(answer, 'azure-asyncoperation')).body.status;

const ended = (answer: ApiAnswer<unknown>): Promise<string> =>
  until(
    () => statusOf(answer),
    (status) => status !== 'InProgress',
  );

const stateOf = async (path: string): Promise<string> =>
  (await api.send<{ properties: { provisioningState: string } }>('GET', path)).body.properties
    .provisioningState;

describe('What is made', () => {
  test('names an operation that has succeeded, and what is replaced names none', async () => {
    const put = (path: string, body: object): Promise<ApiAnswer<object>> => api.send('PUT', path, { body });
    const scaleSettings = { maxNodeCount: 1 };
    for (const [path, body] of [
      ['/batchEndpoints/made', { properties: {} }],
      ['/computes/made', { properties: { properties: { scaleSettings } } }],
    ] as const) {
      const made = await put(path, body);
      expect(made.status).toBe(201);
      const { status, body: operation } = await follow<Operation>(made, 'azure-asyncoperation');
      expect([status, operation]).toMatchObject([200, { status: 'Succeeded' }]);
      expect(operation.id.endsWith(`/mfeOperationsStatus/${operation.name}`)).toBe(true);
      const again = await put(path, body);
      expect([again.status, again.headers['azure-asyncoperation']]).toEqual([200, undefined]);
    }
  });

  test('is told of by the address and the api-version that the client used', async () => {
    const made = await api.send('PUT', '/batchEndpoints/addressed?api-version=2022-05-01', {
      body: { properties: {} },
      headers: { 'x-forwarded-proto': 'https' },
    });
    const url = new URL(String(made.headers['azure-asyncoperation']));
    expect([url.protocol, url.host]).toEqual(['https:', new URL(host.url).host]);
    expect(url.searchParams.get('api-version')).toBe('2022-05-01');
    expect(url.pathname).toMatch(
      /^\/subscriptions\/s\/providers\/Microsoft\.MachineLearningServices\/locations\/local\/mfeOperationsStatus\//,
    );
  });
});

test('an operation that nobody began is not there', async () => {
  const place = '//subscriptions/s/providers/Microsoft.MachineLearningServices/locations/local';
  for (const kind of ['mfeOperationsStatus', 'mfeOperationResults'])
    for (const id of ['none', '..%2f', '%00', 'x'.repeat(2_000)])
      expect(await api.refusal('GET', `${place}/${kind}/${id}`)).toEqual([404, 'OperationNotFound']);
});

describe('A deletion', () => {
  test('without jobs is done when it is answered, and says so by its operation and its location', async () => {
    await host.endpoint('idle', 'def run(mini_batch): return mini_batch');
    const answer = await api.send('DELETE', '/batchEndpoints/idle');
    expect([answer.status, answer.headers['retry-after']]).toEqual([202, '1']);
    expect(await statusOf(answer)).toBe('Succeeded');
    expect(await follow(answer, 'location')).toMatchObject({ status: 204, body: '' });
    expect(await api.refusal('GET', '/batchEndpoints/idle')).toEqual([404, 'ResourceNotFound']);
  });

  test('of a compute that is not used is done at once', async () => {
    await host.ask('PUT', '/computes/unused', {
      properties: { properties: { scaleSettings: { maxNodeCount: 1 } } },
    });
    const answer = await api.send('DELETE', '/computes/unused');
    expect([answer.status, await statusOf(answer)]).toEqual([202, 'Succeeded']);
    expect((await api.send('DELETE', '/computes/unused')).status).toBe(204);
  });

  test('that several ask for at once, while it is being changed, is refused to none of them', async () => {
    const path = '/batchEndpoints/crowded';
    const body = { properties: {} };
    await api.send('PUT', path, { body });
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, at) =>
        at % 3 === 0
          ? api.send('PATCH', path, { body: { tags: { at: String(at) } } }).then(() => 204)
          : api.send('DELETE', path).then(({ status }) => status),
      ),
    );
    expect(answers.filter((status) => ![202, 204].includes(status))).toEqual([]);
    expect(await api.refusal('GET', path)).toEqual([404, 'ResourceNotFound']);
  });

  test.each(['1', 'yes', ''])('with force=%s is refused', async (force) => {
    expect(await api.refusal('DELETE', `/batchEndpoints/none?force=${force}`)).toEqual([
      400,
      'ParameterInvalid',
    ]);
  });
});

describe.each([
  ['endpoint', (name: string) => `/batchEndpoints/${name}`, 'EndpointInUse'],
  ['deployment', (name: string) => `/batchEndpoints/${name}/deployments/main`, 'DeploymentInUse'],
] as const)('The deletion of an %s with jobs that run', (kind, pathOf, code) => {
  const withoutDefault = (name: string): Promise<unknown> =>
    host.ask('PATCH', `/batchEndpoints/${name}`, { properties: { defaults: { deploymentName: null } } });

  test('is refused, and names one of them', async () => {
    const job = await running(`held-${kind}`);
    await withoutDefault(`held-${kind}`);
    const { status, body } = await api.send('DELETE', pathOf(`held-${kind}`));
    expect([status, body.error.code]).toEqual([409, code]);
    expect(body.error.message).toContain(job);
    expect(await stateOf(pathOf(`held-${kind}`))).toBe('Succeeded');
    gate.open();
    expect((await host.finished(job)).properties.status).toBe('Completed');
  });

  test('cancels them with force=true, and is under way until they have ended', async () => {
    const name = `forced-${kind}`;
    const job = await running(name);
    await withoutDefault(name);
    const answer = await api.send('DELETE', `${pathOf(name)}?force=true`);
    expect(answer.status).toBe(202);
    expect(await ended(answer)).toBe('Succeeded');
    expect(await api.refusal('GET', pathOf(name))).toEqual([404, 'ResourceNotFound']);
    expect((await host.job(job)).properties.status).toBe('Canceled');
    expect((await follow(answer, 'location')).status).toBe(204);
  });
});

test('a deletion goes on after the host was killed, whether anybody asks for it or not', async () => {
  const job = await running('killed');
  expect((await api.send('DELETE', '/batchEndpoints/killed?force=true')).status).toBe(202);
  await host.kill();
  await host.start();
  const isGone = async (): Promise<boolean> =>
    (await api.send('GET', '/batchEndpoints/killed')).status === 404;
  expect(await until(isGone, (gone) => gone)).toBe(true);
  expect((await host.job(job)).properties.status).toBe('Canceled');
});

test('an operation is told of after the host was killed', async () => {
  const made = await api.send('PUT', '/batchEndpoints/remembered', { body: { properties: {} } });
  await host.kill();
  await host.start();
  expect(await statusOf(made)).toBe('Succeeded');
});
