import { makeFolder, removeFolders } from '../../support/hostApp';
import { startAzurite, type Azurite } from '../../support/azurite';
import { httpTrigger } from '../../support/functionsHostInputs';
import { FunctionsWorker } from '../../support/functionsWorker';
import { WorkerClient, workspaceParams } from '../../support/workerClient';
import { describeWithRecordings, readRecording } from '../local/recordings/recordings';

const compute = { properties: { properties: { scaleSettings: { maxNodeCount: 3 } } } };

describe('An HTTP function that is invoked as the Functions host does it', () => {
  const state = makeFolder();
  let azurite: Azurite;
  let client: WorkerClient;

  beforeAll(async () => {
    azurite = await startAzurite();
    const settings = { BATCHPOINT_STATE: state, AzureWebJobsStorage: azurite.connectionString };
    client = new WorkerClient(await FunctionsWorker.start(settings), state);
  });
  afterAll(async () => {
    await client.worker.kill();
    await azurite.stop();
    removeFolders();
  });

  const putCompute = (name: string, more: object = {}): ReturnType<WorkerClient['call']> =>
    client.call('putCompute', { method: 'PUT', params: { compute: name }, body: compute, ...more });

  test('reads a body of bytes, values of the path, and headers in lower case', async () => {
    const created = await putCompute('first', { headers: { 'if-none-match': '*' } });
    expect(created).toMatchObject({ status: 201, body: { name: 'first' } });
    const again = await putCompute('first', { headers: { 'if-none-match': '*' } });
    expect(again.status).toBeGreaterThanOrEqual(409);
    const found = await client.call('getCompute', { params: { compute: 'first' } });
    expect(found.headers['etag']).toMatch(/^"[\w-]+"$/);
  });

  test('reads the query, and pages with links to where the request came in', async () => {
    for (const name of ['one', 'three', 'two']) await putCompute(`page-${name}`);
    const first = await client.call('listComputes', { query: '?$top=2&api-version=2024-04-01' });
    const { value, nextLink } = first.body as { value: { name: string }[]; nextLink: string };
    expect(value).toHaveLength(2);
    expect(new URL(nextLink).host).toBe('127.0.0.1:7071');
    const behind = { query: '?$top=2', headers: { 'x-forwarded-proto': 'https' } };
    expect((await client.call('listComputes', behind)).body).toMatchObject({
      nextLink: expect.stringMatching(/^https:\/\/127\.0\.0\.1:7071\//) as string,
    });
    const second = await client.call('listComputes', { query: new URL(nextLink).search });
    expect((second.body as { value: { name: string }[] }).value[0]?.name).not.toBe(value[0]?.name);
  });

  test.each([
    ['is missing', undefined],
    ['is empty', ''],
    ['is blank', ' \n'],
    ['is no JSON', '{"properties":'],
  ])('says so where the body %s', async (_case, body) => {
    const answer = await client.call('putCompute', {
      method: 'PUT',
      params: { compute: 'wrong' },
      ...(body === undefined ? {} : { body }),
    });
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'BodyNotJson' } } });
  });

  test('takes bodies in any Unicode', async () => {
    const body = { ...compute, tags: { greeting: 'grüezi 😀' } };
    const headers = { 'content-type': 'application/json;charset=UTF-8' };
    await putCompute('unicode', { body, headers });
    const found = await client.call('getCompute', { params: { compute: 'unicode' } });
    expect(JSON.stringify(found.body)).toContain('grüezi 😀');
  });

  test('names itself by the address that the caller used, behind a front end too', async () => {
    await client.ask('putEndpoint', {
      method: 'PUT',
      params: { endpoint: 'named' },
      body: { properties: {} },
    });
    const show = async (headers: Record<string, string>): Promise<unknown> => {
      const { body } = await client.call('getEndpoint', { params: { endpoint: 'named' }, headers });
      return (body as { properties: { scoringUri: string } }).properties.scoringUri;
    };
    expect(await show({})).toMatch(/^http:\/\/127\.0\.0\.1:7071\/subscriptions\/s\//);
    expect(await show({ 'x-forwarded-proto': 'https' })).toMatch(/^https:\/\/127\.0\.0\.1:7071\//);
    // Each of several front ends adds what it was asked by.
    expect(await show({ 'x-forwarded-proto': 'https, http' })).toMatch(/^https:\/\/127\.0\.0\.1:7071\//);
    expect(await show({ 'x-forwarded-proto': 'javascript' })).toMatch(/^http:\/\/127\.0\.0\.1:7071\//);
  });

  test.each([
    ['no token', {}, 'TokenMissing'],
    ['another scheme', { authorization: 'Basic eDp5' }, 'TokenMissing'],
    ['a token of nobody', { authorization: 'Bearer abc' }, 'TokenInvalid'],
  ])('refuses %s, with the header that says what is wanted', async (_case, headers, code) => {
    const { worker } = client;
    const url = 'http://127.0.0.1:7071/';
    const request = { method: 'GET', url, params: workspaceParams, headers };
    const answer = await worker.http('listComputes', httpTrigger(worker.trigger('listComputes'), request));
    expect(answer).toMatchObject({ statusCode: '401', headers: { 'www-authenticate': 'Bearer' } });
    expect(Buffer.from(answer.body?.bytes ?? []).toString()).toContain(code);
  });

  describeWithRecordings('beside what the real host sent and was answered', () => {
    const recorded = readRecording('hello').httpCalls[0];

    test('is given the same members here', () => {
      const request = {
        method: 'POST',
        url: 'http://127.0.0.1:7071/x?id=1',
        params: { name: 'x' },
        body: '{}',
      };
      const ours = httpTrigger('httpTrigger', request).inputData[0]?.data;
      const theirs = recorded?.inputData[0]?.data;
      expect(Object.keys(ours ?? {}).sort()).toEqual(Object.keys(theirs ?? {}).sort());
      const [http, given] = [ours?.http, theirs?.['http']] as Record<string, object>[];
      expect(Object.keys(http ?? {}).sort()).toEqual(Object.keys(given ?? {}).sort());
      expect(Object.keys(http?.['body'] ?? {}).sort()).toEqual(Object.keys(given?.['body'] ?? {}).sort());
      expect(http?.['nullableParams']).toEqual({ name: { value: 'x', string: 'value' } });
      expect(given?.['nullableParams']).toEqual({ name: { value: 'hello', string: 'value' } });
    });

    test('answers with the same members', async () => {
      const { worker } = client;
      const request = { method: 'GET', url: 'http://127.0.0.1:7071/health' };
      const { response } = await worker.invoke('health', httpTrigger(worker.trigger('health'), request));
      const theirs = recorded?.response as { returnValue: { http: Record<string, unknown> } };
      const members = Object.keys(response.returnValue?.http as object).sort();
      expect(members).toEqual(Object.keys(theirs.returnValue.http).sort());
    });
  });
});
