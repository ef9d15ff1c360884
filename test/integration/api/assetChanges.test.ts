import { useApi, type ErrorEnvelope } from '../../support/api';

interface Asset extends ErrorEnvelope {
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

const api = useApi();
const { host } = api;

const uri = (name: string): string => `https://example.com/${name}`;
const put = (name: string, version: string, more: object = {}): ReturnType<typeof api.send<Asset>> =>
  api.send<Asset>('PUT', `/data/${name}/versions/${version}`, {
    body: { properties: { dataType: 'uri_folder', dataUri: uri(name), ...more } },
  });
const patch = (path: string, body: object, headers = {}): ReturnType<typeof api.send<Asset>> =>
  api.send<Asset>('PATCH', path, { body, headers });
const names = async (path: string): Promise<string[]> =>
  (await api.send<{ value: Asset[] }>('GET', path)).body.value.map(({ name }) => name);
const latest = async (name: string): Promise<unknown> =>
  (await api.send<Asset>('GET', `/data/${name}`)).body.properties['latestVersion'];

describe('What is said of a version', () => {
  test('changes by a merge patch, and its content stays', async () => {
    await put('said', '1', { description: 'first', tags: { a: '1', b: '2' }, properties: { p: 'q' } });
    const { status, body } = await patch('/data/said/versions/1', {
      properties: { description: null, tags: { a: null, c: '3' } },
    });
    expect(status).toBe(200);
    expect(body.properties).toEqual({
      dataType: 'uri_folder',
      dataUri: uri('said'),
      tags: { b: '2', c: '3' },
      properties: { p: 'q' },
      isArchived: false,
    });
    expect((await api.send('GET', '/data/said/versions/1')).body).toEqual(body);
  });

  test('may stand beside the properties, as other resources have their tags', async () => {
    await put('beside', '1');
    const { body } = await patch('/data/beside/versions/1', { tags: { a: '1' } });
    expect(body.properties['tags']).toEqual({ a: '1' });
  });

  test('takes keys in any case', async () => {
    await put('spelled', '1', { description: 'first' });
    const { status, body } = await patch('/data/spelled/versions/1', {
      Properties: { Description: 'second', TAGS: { Kept: '1' } },
    });
    expect([status, body.properties]).toMatchObject([200, { description: 'second', tags: { Kept: '1' } }]);
  });

  test('changes by all who change it at once without a condition', async () => {
    await put('crowded', '1');
    const keys = Array.from({ length: 12 }, (_, at) => `k${at}`);
    const change = (key: string): Promise<{ status: number }> =>
      patch('/data/crowded/versions/1', { properties: { tags: { [key]: key } } });
    const answers = await Promise.all(keys.map(change));
    expect(answers.map(({ status }) => status)).toEqual(keys.map(() => 200));
    const { body } = await api.send<Asset>('GET', '/data/crowded/versions/1');
    expect(Object.keys(body.properties['tags'] ?? {}).sort()).toEqual(keys.sort());
  });

  test.each([
    ['dataUri', { dataUri: 'https://example.com/other' }],
    ['dataType', { dataType: 'uri_file' }],
  ])('has nothing to do with its content: %s is refused with VersionFixed', async (field, properties) => {
    await put('fixed', '1');
    const { status, body } = await patch('/data/fixed/versions/1', { properties });
    expect([status, body.error.code]).toEqual([409, 'VersionFixed']);
    expect(body.error.message).toContain(field);
    const same = await patch('/data/fixed/versions/1', { properties: { dataUri: uri('fixed') } });
    expect(same.status).toBe(200);
  });

  test('is refused where it is not as its schema says, or there is no such version', async () => {
    await put('checked', '1');
    const odd = { body: { properties: { tags: 'none' } } };
    expect(await api.refusal('PATCH', '/data/checked/versions/1', odd)).toEqual([400, 'BodyInvalid']);
    const noMapping = { body: { tags: {}, properties: false } };
    expect(await api.refusal('PATCH', '/data/checked/versions/1', noMapping)).toEqual([400, 'BodyInvalid']);
    expect(await api.refusal('PATCH', '/data/checked/versions/1', { body: '[]' })).toEqual([
      400,
      'BodyInvalid',
    ]);
    const body = { properties: {} };
    expect(await api.refusal('PATCH', '/data/checked/versions/2', { body })).toEqual([
      404,
      'VersionNotFound',
    ]);
    expect(await api.refusal('PATCH', '/data/nobody/versions/2', { body })).toEqual([
      404,
      'ResourceNotFound',
    ]);
  });

  test('changes only as it was read, where If-Match asks for that', async () => {
    const { headers } = await put('raced', '1');
    const match = { 'If-Match': String(headers['etag']) };
    const body = { properties: { description: 'mine' } };
    expect((await patch('/data/raced/versions/1', body, match)).status).toBe(200);
    const late = await patch('/data/raced/versions/1', body, match);
    expect([late.status, late.body.error.code]).toEqual([412, 'ResourceChanged']);
    expect(await api.refusal('DELETE', '/data/raced/versions/1', { headers: match })).toEqual([
      412,
      'ResourceChanged',
    ]);
    expect(
      await api.refusal('PUT', '/data/raced/versions/9', { ...putBody('raced'), headers: match }),
    ).toEqual([412, 'ResourceChanged']);
  });

  test('is taken from a registration of the same content, as far as that says anything', async () => {
    await put('again', '1', { description: 'first', tags: { a: '1' } });
    const { status, body } = await put('again', '1', { description: 'second' });
    expect(status).toBe(200);
    expect(body.properties).toMatchObject({ description: 'second', tags: { a: '1' } });
  });

  test('of a model changes also where its content is named as it was answered', async () => {
    host.write('weights/model.txt', 'a model');
    const path = '/models/weights/versions/1';
    const modelUri = `file://${host.folder}/weights`;
    const { body: made } = await api.send<Asset>('PUT', path, { body: { properties: { modelUri } } });
    const { status, body } = await api.send<Asset>('PUT', path, {
      body: { ...made, properties: { ...made.properties, stage: 'Production', isArchived: true } },
    });
    expect(status).toBe(200);
    expect(body.properties).toEqual({ ...made.properties, stage: 'Production', isArchived: true });
    expect((await patch(path, { properties: { stage: null } })).body.properties).not.toHaveProperty('stage');
  });
});

describe('An archived version', () => {
  test('is left out of lists unless they ask for it, and is used all the same', async () => {
    for (const version of ['1', '2']) await put('old', version);
    await patch('/data/old/versions/1', { properties: { isArchived: true } });
    expect(await names('/data/old/versions')).toEqual(['2']);
    expect(await names('/data/old/versions?listViewType=ArchivedOnly')).toEqual(['1']);
    expect(await names('/data/old/versions?listViewType=all')).toEqual(['2', '1']);
    expect((await api.send<Asset>('GET', '/data/old/versions/1')).body.properties['isArchived']).toBe(true);
    expect(await api.refusal('GET', '/data/old/versions?listViewType=Some')).toEqual([
      400,
      'ParameterInvalid',
    ]);
  });

  test('is never the newest one', async () => {
    for (const version of ['1', '2', '3']) await put('newest', version);
    await patch('/data/newest/versions/3', { properties: { isArchived: true } });
    expect(await latest('newest')).toBe('2');
    await patch('/data/newest/versions/2', { properties: { isArchived: true } });
    expect(await latest('newest')).toBe('1');
    await patch('/data/newest/versions/1', { properties: { isArchived: true } });
    expect(await latest('newest')).toBeNull();
    await patch('/data/newest/versions/2', { properties: { isArchived: false } });
    expect(await latest('newest')).toBe('2');
  });

  test('leaves no newest one where all are archived: a job of it is refused', async () => {
    await host.endpoint('waiting', 'def run(mini_batch):\n    return mini_batch\n');
    await put('gone', '1', { isArchived: true });
    const dataset = { dataInputType: 'DatasetId', datasetId: 'azureml:gone@latest' };
    const body = { properties: { dataset } };
    expect(await api.refusal('POST', '/batchEndpoints/waiting/jobs', { body })).toEqual([
      404,
      'NoCurrentVersion',
    ]);
  });
});

test('an archived asset is left out of the list of assets, over all its pages', async () => {
  for (const name of ['seen-a', 'seen-b', 'seen-c']) await put(name, '1');
  const archived = await patch('/data/seen-b', { properties: { isArchived: true, description: 'no more' } });
  expect(archived.body.properties).toMatchObject({
    isArchived: true,
    description: 'no more',
    latestVersion: '1',
  });
  const listed = async (view: string): Promise<string[]> =>
    (await api.pages<Asset>(`/data?$top=1&listViewType=${view}`, 1))
      .map(({ name }) => name)
      .filter((name) => name.startsWith('seen-'));
  expect(await listed('ActiveOnly')).toEqual(['seen-a', 'seen-c']);
  expect(await listed('ArchivedOnly')).toEqual(['seen-b']);
  expect(await listed('All')).toEqual(['seen-a', 'seen-b', 'seen-c']);
  const restored = await api.send<Asset>('PUT', '/data/seen-b', {
    body: { properties: { isArchived: false } },
  });
  expect(restored.status).toBe(200);
  expect(await listed('ActiveOnly')).toEqual(['seen-a', 'seen-b', 'seen-c']);
});

test('an asset may be made before its first version, which is its newest one then', async () => {
  const made = await api.send<Asset>('PUT', '/data/early', { body: { properties: { tags: { a: '1' } } } });
  expect(made.status).toBe(201);
  await put('early', '1');
  const { body } = await api.send<Asset>('GET', '/data/early');
  expect(body.properties).toMatchObject({ latestVersion: '1', nextVersion: '2', tags: { a: '1' } });
  const body2 = { properties: {} };
  expect(await api.refusal('PATCH', '/data/nothing', { body: body2 })).toEqual([404, 'ResourceNotFound']);
});

describe('A version that is deleted', () => {
  test('is gone, its number is not given out again, and the one before is the newest', async () => {
    for (const version of ['1', '2']) await put('dropped', version);
    expect((await api.send('DELETE', '/data/dropped/versions/2')).status).toBe(200);
    expect((await api.send('DELETE', '/data/dropped/versions/2')).status).toBe(204);
    expect(await api.refusal('GET', '/data/dropped/versions/2')).toEqual([404, 'VersionNotFound']);
    const { body } = await api.send<Asset>('GET', '/data/dropped');
    expect(body.properties).toMatchObject({ latestVersion: '1', nextVersion: '3' });
  });

  test('is kept where a deployment uses it, and the deployment is named', async () => {
    await host.endpoint('using', 'def run(mini_batch):\n    return mini_batch\n');
    for (const path of ['/models/using/versions/1', '/codes/using/versions/1', '/models/USING']) {
      const { status, body } = await api.send('DELETE', path);
      expect([status, body.error.code]).toEqual([409, 'AssetInUse']);
      expect(body.error.message).toContain("deployment 'main' of endpoint 'using'");
    }
    expect((await api.send('GET', '/models/using/versions/1')).status).toBe(200);
  });

  test('is kept where a job that runs uses it, also after its deployment has another one', async () => {
    await host.endpoint(
      'running',
      `import os, time
def run(mini_batch):
    while not os.path.exists(${JSON.stringify(`${host.folder}/go`)}):
        time.sleep(0.02)
    return mini_batch
`,
    );
    const { name } = await host.invoke('running', host.inputs(1));
    host.write('other.txt', 'another model');
    const modelUri = `file://${host.folder}/other.txt`;
    await host.ask('PUT', '/models/running/versions/2', { properties: { modelUri } });
    await host.ask('PATCH', '/batchEndpoints/running/deployments/main', {
      properties: { model: { assetId: 'azureml:running:2' } },
    });
    const { status, body } = await api.send('DELETE', '/models/running/versions/1');
    expect([status, body.error.code]).toEqual([409, 'AssetInUse']);
    expect(body.error.message).toContain(`job '${name}'`);
    host.write('go', '');
    await host.finished(name);
    expect((await api.send('DELETE', '/models/running/versions/1')).status).toBe(200);
  });

  test('goes with all others where the asset is deleted, and the name is free again', async () => {
    for (const version of ['1', '2']) await put('whole', version);
    expect((await api.send('DELETE', '/data/whole')).status).toBe(200);
    expect((await api.send('DELETE', '/data/whole')).status).toBe(204);
    expect(await api.refusal('GET', '/data/whole')).toEqual([404, 'ResourceNotFound']);
    expect((await put('whole', '1')).status).toBe(201);
  });
});

test('the files of a model are listed and read', async () => {
  host.write('filed/sub/weights.txt', '0123456789');
  const path = '/models/filed/versions/1';
  await host.ask('PUT', path, { properties: { modelUri: `file://${host.folder}/filed` } });
  const { body } = await api.send<{ value: object[] }>('GET', `${path}/files`);
  expect(body.value).toEqual([{ name: 'filed/sub/weights.txt', size: 10 }]);
  const headers = { range: 'bytes=2-4' };
  const read = await api.send<string>('GET', `${path}/files/filed/sub/weights.txt`, { headers });
  expect([read.status, read.body]).toEqual([206, '234']);
  expect(await api.refusal('GET', `${path}/files/filed/other`)).toEqual([404, 'AssetFileMissing']);
  expect(await api.refusal('GET', `${path}/files/..%2fx`)).toEqual([404, 'AssetFileMissing']);
});

function putBody(name: string): { body: object } {
  return { body: { properties: { dataType: 'uri_folder', dataUri: uri(name) } } };
}
