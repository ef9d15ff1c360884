import { useApi, type ErrorEnvelope } from '../../support/api';
import { Gate } from '../../support/gatedScript';

interface Endpoint extends ErrorEnvelope {
  readonly name: string;
  readonly tags: object;
  readonly properties: {
    readonly description?: string;
    readonly defaults: object;
    readonly scoringUri: string;
    readonly provisioningState: string;
  };
}

const api = useApi();
const gate = new Gate(api.host);

async function make(name: string, properties: object = {}, more: object = {}): Promise<string> {
  const { headers } = await api.send('PUT', `/batchEndpoints/${name}`, { body: { properties, ...more } });
  return String(headers.etag);
}

describe('An endpoint', () => {
  test('is made with 201 and replaced with 200', async () => {
    const put = (description: string): ReturnType<typeof api.send<Endpoint>> =>
      api.send<Endpoint>('PUT', '/batchEndpoints/made', { body: { properties: { description } } });
    const first = await put('one');
    const second = await put('two');
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.body.properties).toMatchObject({ description: 'two', provisioningState: 'Succeeded' });
    expect(second.headers.etag).not.toBe(first.headers.etag);
    const { body, headers } = await api.send<Endpoint>('GET', '/batchEndpoints/made');
    expect([body, headers.etag]).toEqual([second.body, second.headers.etag]);
  });

  test('keeps its first spelling, and is found in any', async () => {
    await make('Spelled');
    expect(
      (await api.send<Endpoint>('PUT', '/batchEndpoints/SPELLED', { body: { properties: {} } })).status,
    ).toBe(200);
    expect((await api.send<Endpoint>('GET', '/batchEndpoints/spelled')).body.name).toBe('Spelled');
  });

  test('has a scoring URI that jobs are listed at', async () => {
    await make('scored');
    const { body } = await api.send<Endpoint>('GET', '/batchEndpoints/scored');
    const { scoringUri } = body.properties;
    expect(scoringUri).toBe(`${api.host.url}${new URL(scoringUri).pathname}`);
    expect(scoringUri).toMatch(/\/batchEndpoints\/scored\/jobs$/);
    const headers = { authorization: `Bearer ${await api.host.token('data')}` };
    expect(await (await fetch(scoringUri, { headers })).json()).toEqual({ value: [] });
  });

  test('is told with the scheme of a front end, and with no other', async () => {
    await make('fronted');
    const schemeOf = async (forwarded: string): Promise<string> => {
      const headers = { 'x-forwarded-proto': forwarded };
      const { body } = await api.send<Endpoint>('GET', '/batchEndpoints/fronted', { headers });
      return new URL(body.properties.scoringUri).protocol;
    };
    expect([await schemeOf('https'), await schemeOf('javascript')]).toEqual(['https:', 'http:']);
  });

  test('is changed by a merge: what is named is set, null takes away, the rest stays', async () => {
    await make(
      'merged',
      { description: 'before', properties: { a: '1', b: '2' } },
      { tags: { x: '1', y: '2' } },
    );
    const { status, body } = await api.send<Endpoint>('PATCH', '/batchEndpoints/merged', {
      body: { tags: { y: null, z: '3' }, properties: { properties: { b: '4' } } },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      tags: { x: '1', z: '3' },
      properties: { description: 'before', properties: { a: '1', b: '4' } },
    });
    expect(body.tags).not.toHaveProperty('y');
    const cleared = await api.send<Endpoint>('PATCH', '/batchEndpoints/merged', {
      body: { properties: { description: null } },
    });
    expect(cleared.body.properties).not.toHaveProperty('description');
  });

  test('is listed by name, page by page', async () => {
    for (const name of ['list-c', 'list-a', 'List-b']) await make(name);
    const names = (await api.pages<Endpoint>('/batchEndpoints?$top=2', 2)).map(({ name }) => name);
    expect(names.filter((name) => /^list/i.test(name))).toEqual(['list-a', 'List-b', 'list-c']);
    expect(new Set(names).size).toBe(names.length);
  });

  test('is deleted once: then it is not there', async () => {
    await make('deleted');
    expect((await api.send('DELETE', '/batchEndpoints/deleted')).status).toBe(202);
    expect((await api.send('DELETE', '/batchEndpoints/deleted')).status).toBe(204);
    expect(await api.refusal('GET', '/batchEndpoints/deleted')).toEqual([404, 'ResourceNotFound']);
  });

  test('takes its deployments along, so that one of the same name begins empty', async () => {
    await gate.endpoint('emptied');
    expect((await api.send('DELETE', '/batchEndpoints/emptied')).status).toBe(202);
    await make('emptied');
    expect((await api.send('GET', '/batchEndpoints/emptied/deployments')).body).toEqual({ value: [] });
  });

  test('with a job that runs is not deleted; at the end of the job it is, at once', async () => {
    gate.close();
    await gate.endpoint('busy');
    const { name } = await api.host.invoke('busy', api.host.inputs(1));
    const { status, body } = await api.send('DELETE', '/batchEndpoints/busy');
    expect([status, body.error.code]).toEqual([409, 'EndpointInUse']);
    expect(body.error.message).toContain(name);
    gate.open();
    await api.host.finished(name);
    expect((await api.send('DELETE', '/batchEndpoints/busy')).status).toBe(202);
    expect((await api.host.job(name)).properties.status).toBe('Completed');
  });
});

describe('A condition', () => {
  const body = { properties: { description: 'changed' } };

  test.each(['PUT', 'PATCH', 'DELETE'])(
    'holds for %s: another version than the one named is left alone',
    async (method) => {
      const stale = await make('conditional', { description: 'one' });
      const fresh = await make('conditional', { description: 'two' });
      const request = (etag: string): Parameters<typeof api.send> => [
        method,
        '/batchEndpoints/conditional',
        { headers: { 'if-match': etag }, ...(method === 'DELETE' ? {} : { body }) },
      ];
      expect(await api.refusal(...request(stale))).toEqual([412, 'ResourceChanged']);
      expect(await api.refusal(...request('"no etag of ours"'))).toEqual([412, 'ResourceChanged']);
      const { body: kept } = await api.send<Endpoint>('GET', '/batchEndpoints/conditional');
      expect(kept.properties.description).toBe('two');
      expect((await api.send(...request(fresh))).status).toBe(method === 'DELETE' ? 202 : 200);
    },
  );

  test('of If-Match: * holds where there is one at all', async () => {
    const headers = { 'if-match': '*' };
    expect(await api.refusal('PUT', '/batchEndpoints/absent', { headers, body })).toEqual([
      412,
      'ResourceChanged',
    ]);
    await make('present');
    expect((await api.send('PUT', '/batchEndpoints/present', { headers, body })).status).toBe(200);
  });

  test('of If-None-Match: * holds where there is none', async () => {
    const headers = { 'if-none-match': '*' };
    expect((await api.send('PUT', '/batchEndpoints/fresh', { headers, body })).status).toBe(201);
    expect(await api.refusal('PUT', '/batchEndpoints/fresh', { headers, body })).toEqual([
      412,
      'ResourceChanged',
    ]);
  });

  test('lets one of many that write at once pass', async () => {
    const etag = await make('raced');
    const statuses = await Promise.all(
      Array.from({ length: 8 }, async (_, i) => {
        const request = { headers: { 'if-match': etag }, body: { properties: { description: String(i) } } };
        return (await api.send('PATCH', '/batchEndpoints/raced', request)).status;
      }),
    );
    expect(statuses.sort()).toEqual([200, ...Array.from({ length: 7 }, () => 412)]);
  });
});

test('of writes without a condition that come at once, all pass, and of patches each does its part', async () => {
  await make('contended');
  const each = async (method: string, bodyOf: (i: number) => object): Promise<number[]> =>
    Promise.all(
      Array.from({ length: 8 }, async (_, i) => {
        return (await api.send(method, '/batchEndpoints/contended', { body: bodyOf(i) })).status;
      }),
    );
  const passed = Array.from({ length: 8 }, () => 200);
  expect(await each('PUT', (i) => ({ properties: { description: String(i) } }))).toEqual(passed);
  expect(await each('PATCH', (i) => ({ Tags: { [`t${i}`]: 'x' } }))).toEqual(passed);
  const { tags } = (await api.send<Endpoint>('GET', '/batchEndpoints/contended')).body;
  expect(Object.keys(tags).sort()).toEqual(Array.from({ length: 8 }, (_, i) => `t${i}`));
});

test('a condition may name several versions, of which one has to be there', async () => {
  const [before, now] = [
    await make('several', { description: 'a' }),
    await make('several', { description: 'b' }),
  ];
  const patch = (etags: string): Promise<[number, string]> =>
    api.refusal('PATCH', '/batchEndpoints/several', {
      headers: { 'if-match': etags },
      body: { tags: { a: '1' } },
    });
  expect(await patch(`${before}, "other"`)).toEqual([412, 'ResourceChanged']);
  expect((await patch(`${before}, ${now}`))[0]).toBe(200);
});

test('what clients send of an endpoint and what means nothing here is taken, and shown again it makes the same', async () => {
  const body = {
    id: 7,
    name: 'x',
    location: 'westus',
    kind: null,
    identity: { type: 'SystemAssigned' },
    sku: { name: 'Default' },
    systemData: null,
    properties: {
      authMode: 'aadToken',
      keys: {},
      scoringUri: null,
      provisioningState: 'Creating',
      description: null,
    },
  };
  const made = await api.send<Endpoint>('PUT', '/batchEndpoints/generous', { body });
  expect([made.status, made.body.name]).toEqual([201, 'generous']);
  const again = await api.send<Endpoint>('PUT', '/batchEndpoints/generous', { body: made.body });
  expect([again.status, again.body]).toEqual([200, made.body]);
});
