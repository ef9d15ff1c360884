import { useApi, type ErrorEnvelope } from '../../support/api';

const api = useApi();
const settings = { properties: { properties: { scaleSettings: { maxNodeCount: 1 } } } };

/** The whole of an envelope, where that is all that there is in the answer. */
async function envelope(...request: Parameters<typeof api.send>): Promise<[number, ErrorEnvelope['error']]> {
  const { status, headers, body } = await api.send(...request);
  expect(headers['content-type']).toMatch(/^application\/json/);
  expect(Object.keys(body)).toEqual(['error']);
  for (const { code, message } of [body.error, ...(body.error.details ?? [])]) {
    expect([code, message]).toEqual([expect.stringMatching(/^[A-Z]\w+$/), expect.stringMatching(/\S/)]);
  }
  return [status, body.error];
}

describe('What does not exist', () => {
  test.each([
    ['GET', '/batchEndpoints/none', 'ResourceNotFound', "endpoint 'none'"],
    ['PATCH', '/batchEndpoints/none', 'ResourceNotFound', "endpoint 'none'"],
    ['GET', '/batchEndpoints/none/deployments', 'ResourceNotFound', "endpoint 'none'"],
    ['DELETE', '/batchEndpoints/none/deployments/d', 'ResourceNotFound', "endpoint 'none'"],
    ['GET', '/batchEndpoints/none/jobs', 'ResourceNotFound', "endpoint 'none'"],
    ['GET', '/computes/none', 'ResourceNotFound', "compute 'none'"],
    ['GET', '/datastores/none', 'ResourceNotFound', "datastore 'none'"],
    ['GET', '/models/none', 'ResourceNotFound', "model 'none'"],
    ['GET', '/data/none/versions/1', 'ResourceNotFound', "data asset 'none'"],
    ['GET', '/jobs/none', 'ResourceNotFound', "job 'none'"],
    ['POST', '/jobs/none/cancel', 'ResourceNotFound', "job 'none'"],
    ['GET', '/jobs/none/files', 'ResourceNotFound', "job 'none'"],
    ['GET', '/nothing', 'RouteNotFound', '/workspaces/w/nothing'],
    ['GET', '/jobs/none/files/a/b', 'ResourceNotFound', "job 'none'"],
    ['GET', '//subscriptions/s', 'RouteNotFound', 'GET'],
    ['GET', '//', 'RouteNotFound', "'/'"],
    ['GET', '//studio', 'RouteNotFound', '/studio'],
  ])('%s %s is told as %s', async (method, path, code, said) => {
    const [status, error] = await envelope(method, path, { ...(method === 'PATCH' ? { body: {} } : {}) });
    expect([status, error.code]).toEqual([404, code]);
    expect(error.message).toContain(said);
  });

  test('a HEAD of it has no body', async () => {
    expect(await api.send('HEAD', '/nothing')).toMatchObject({ status: 404, body: '' });
  });
});

describe('A body', () => {
  const put = (body: unknown): ReturnType<typeof envelope> => envelope('PUT', '/computes/cpu', { body });

  test.each([
    ['nothing', '', 'it is empty'],
    ['blanks', '  \n', 'it is empty'],
    ['text', 'name: cpu', 'is not valid JSON'],
    ['half of it', '{"properties": {', 'JSON'],
    ['many levels', '['.repeat(200_000), 'it is more than 100 levels deep'],
    ['many levels of mappings', '{"a":'.repeat(50_000) + '1' + '}'.repeat(50_000), 'levels deep'],
  ])('that is %s instead of JSON is refused', async (_what, body, said) => {
    const [status, error] = await put(body);
    expect([status, error.code]).toEqual([400, 'BodyNotJson']);
    expect(error.message).toContain(said);
  });

  test('with brackets in its texts is not deep', async () => {
    const tags = { a: `\\"${'['.repeat(300)}` };
    expect((await api.send('PUT', '/computes/cpu', { body: { ...settings, tags } })).status).toBe(201);
  });

  test('that is too large is refused', async () => {
    const tags = { a: 'x'.repeat(5_000_000) };
    const [status, error] = await put({ ...settings, tags });
    expect([status, error.code]).toEqual([413, 'RequestBodyTooLarge']);
    expect(error.message).toContain('4194304 bytes');
  });

  test.each([[[]], ['text'], [1], [null], [true]])(
    'that is %j instead of a mapping is refused',
    async (body) => {
      const [status, error] = await put(JSON.stringify(body));
      expect([status, error]).toEqual([
        400,
        {
          code: 'BodyInvalid',
          message: `The body of the request does not fit: expected a mapping of keys to values, but came ${JSON.stringify(body)}.`,
          details: [
            {
              code: 'BodyInvalid',
              message: `expected a mapping of keys to values, but came ${JSON.stringify(body)}`,
            },
          ],
        },
      ]);
    },
  );

  test('with several faults has all of them told: where, what was expected, what came, and the nearest key', async () => {
    const properties = { miniBatchSize: 'ten', errorThreshhold: 0, retrySettings: { timeout: '30 seconds' } };
    const [status, error] = await envelope('POST', '/batchEndpoints/e/jobs', { body: { properties } });
    expect([status, error.code]).toEqual([400, 'BodyInvalid']);
    const told = Object.fromEntries((error.details ?? []).map(({ target, message }) => [target, message]));
    expect(told).toEqual({
      'properties.miniBatchSize': 'properties.miniBatchSize: expected a whole number, but came "ten"',
      'properties.errorThreshhold': expect.stringContaining("Did you mean 'errorThreshold'?") as string,
      'properties.retrySettings.timeout': expect.stringContaining(
        'expected an ISO 8601 duration like PT30S, but came "30 seconds"',
      ) as string,
    });
    expect(error.target).toBe(error.details?.[0]?.target);
  });

  test('cannot bring keys in by the prototype of an object', async () => {
    const body = '{"properties": {"__proto__": {"miniBatchSize": 3}}}';
    const [status, error] = await envelope('POST', '/batchEndpoints/e/jobs', { body });
    expect([status, error.code]).toEqual([400, 'BodyInvalid']);
    expect(error.message).toContain('__proto__');
  });

  test('that is not UTF-8 is refused', async () => {
    const response = await fetch(
      `${api.host.url}/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w/computes/cpu`,
      {
        method: 'PUT',
        headers: { authorization: `Bearer ${await api.host.token()}` },
        body: Buffer.from([0x7b, 0xff, 0xfe, 0x7d]),
      },
    );
    expect([response.status, await response.json()]).toEqual([
      400,
      { error: { code: 'BodyNotJson', message: expect.stringContaining('not valid UTF-8') as string } },
    ]);
  });
});

describe('A name', () => {
  const bad: [string, string][] = [
    ['two dots', '..'],
    ['escaped dots', '%2e%2e'],
    ['a backslash', 'a%5Cb'],
    ['an escaped slash', 'a%2Fb'],
    ['an escape of an escape', 'a%252Fb'],
    ['a control character', 'a%00b'],
    ['a line break', 'a%0D%0Ab'],
    ['a letter beyond ASCII', '%C3%BC%C3%BC%C3%BC'],
    ['a quote', "a'b"],
    ['a hash', 'a%23b'],
    ['a blank', 'a%20b'],
    ['33 characters', 'a'.repeat(33)],
    ['2,000 characters', 'a'.repeat(2_000)],
  ];
  const body = { properties: {} };

  test.each(bad)('with %s is refused where something is made', async (_what, name) => {
    const [status, error] = await envelope('PUT', `/batchEndpoints/${name}`, { body });
    expect([status, error.code]).toEqual([400, 'NameInvalid']);
    expect(error.message).toContain("3 to 32 letters, digits and '-'");
    expect(error.message).not.toMatch(/[\u0000-\u001f]/);
    expect(error.message.length).toBeLessThan(1_300);
    expect(await api.refusal('PUT', `/computes/${name}`, { body: settings })).toEqual([400, 'NameInvalid']);
  });

  test.each(bad)('with %s names nothing that could be read, changed or taken away', async (_what, name) => {
    expect(await api.refusal('GET', `/batchEndpoints/${name}`)).toEqual([404, 'ResourceNotFound']);
    expect(await api.refusal('PATCH', `/batchEndpoints/${name}`, { body })).toEqual([
      404,
      'ResourceNotFound',
    ]);
    expect((await api.send('DELETE', `/batchEndpoints/${name}`)).status).toBe(204);
    expect(await api.refusal('GET', `/batchEndpoints/${name}/deployments/d`)).toEqual([
      404,
      'ResourceNotFound',
    ]);
    expect(await api.refusal('GET', `/models/${name}/versions/${name}`)).toEqual([404, 'ResourceNotFound']);
    expect(await api.refusal('GET', `/jobs/${name}`)).toEqual([404, 'ResourceNotFound']);
  });

  test('with a broken escape is no path', async () => {
    const [status, error] = await envelope('GET', '/batchEndpoints/a%zz');
    expect([status, error.code]).toEqual([400, 'PathInvalid']);
  });

  test('of a version follows a rule too', async () => {
    const model = { properties: { modelUri: `file://${api.host.write('model.txt', '1')}` } };
    for (const version of ['..', 'a%2Fb', '1%00', '-1', 'x'.repeat(31)])
      expect(await api.refusal('PUT', `/models/m/versions/${version}`, { body: model })).toEqual([
        400,
        'NameInvalid',
      ]);
  });
});

test.each([
  ['$top', '0'],
  ['$top', '-1'],
  ['$top', 'all'],
  ['$top', '1.5'],
  ['$maxpagesize', ''],
])('a page size %s=%s is refused', async (name, value) => {
  const [status, error] = await envelope('GET', `/jobs?${name}=${value}`);
  expect([status, error.code]).toEqual([400, 'ParameterInvalid']);
  expect(error.message).toContain(`'${value}' and has to be a whole number from 1`);
});

test.each(['x', '../..', '%00', 'ü', "a'b", `${'9'.repeat(14)}-${'g'.repeat(32)}`])(
  'a page token %s that no list gave out is refused',
  async (token) => {
    expect(await api.refusal('GET', `/jobs?$skip=${encodeURIComponent(token)}`)).toEqual([
      400,
      'PageTokenInvalid',
    ]);
  },
);
