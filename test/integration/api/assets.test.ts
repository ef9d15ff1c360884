import { useApi, type ApiAnswer, type ErrorEnvelope } from '../../support/api';

interface Asset extends ErrorEnvelope {
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

const api = useApi();
const { host } = api;

const data = (uri: string): object => ({ properties: { dataType: 'uri_folder', dataUri: uri } });
const put = (name: string, version: string, uri: string): Promise<ApiAnswer<Asset>> =>
  api.send<Asset>('PUT', `/data/${name}/versions/${version}`, { body: data(uri) });
const container = async (name: string): Promise<unknown> => {
  const { latestVersion, nextVersion } = (await api.send<Asset>('GET', `/data/${name}`)).body.properties;
  return { latestVersion, nextVersion };
};

describe('A version', () => {
  test('that is left out is the next whole number, which its asset tells', async () => {
    await put('counted', '1', 'https://example.com/1');
    expect(await container('counted')).toEqual({ latestVersion: '1', nextVersion: '2' });
    await put('counted', '7', 'https://example.com/7');
    expect(await container('counted')).toEqual({ latestVersion: '7', nextVersion: '8' });
    await put('counted', 'named', 'https://example.com/n');
    expect(await container('counted')).toEqual({ latestVersion: 'named', nextVersion: '8' });
    await put('counted', '3', 'https://example.com/3');
    expect(await container('counted')).toEqual({ latestVersion: '3', nextVersion: '8' });
  });

  test('never changes: the same content is answered, another one is refused', async () => {
    expect((await put('kept', '1', 'https://example.com/a')).status).toBe(201);
    expect((await put('kept', '1', 'https://example.com/a')).status).toBe(200);
    const { status, body } = await put('KEPT', '1', 'https://example.com/b');
    expect([status, body.error.code]).toEqual([409, 'VersionExists']);
    const { body: kept } = await api.send<Asset>('GET', '/data/kept/versions/1');
    expect(kept.properties['dataUri']).toBe('https://example.com/a');
  });

  test('that many make at once has one content, and they learn whether it is theirs', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) => put('raced', '1', `https://example.com/${i % 2}`)),
    );
    const { body } = await api.send<Asset>('GET', '/data/raced/versions/1');
    for (const [i, { status }] of answers.entries()) {
      const isWinner = body.properties['dataUri'] === `https://example.com/${i % 2}`;
      expect([i, status]).toEqual([i, isWinner ? (expect.any(Number) as number) : 409]);
    }
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(await container('raced')).toEqual({ latestVersion: '1', nextVersion: '2' });
  });

  test('of a model keeps the files that it was made of', async () => {
    host.write('model/weights.txt', 'first');
    const model = { properties: { modelUri: `file://${host.folder}/model` } };
    const path = '/models/weights/versions/1';
    expect((await api.send('PUT', path, { body: model })).status).toBe(201);
    expect((await api.send('PUT', path, { body: model })).status).toBe(200);
    host.write('model/weights.txt', 'second');
    expect(await api.refusal('PUT', path, { body: model })).toEqual([409, 'VersionExists']);
    expect((await api.send('PUT', '/models/weights/versions/2', { body: model })).status).toBe(201);
  });
});

test('@latest is the version that was made last, and a job pins it', async () => {
  const script =
    'import os\ndef run(mini_batch):\n    return [os.path.basename(path) for path in mini_batch]\n';
  await host.endpoint('digits', script);
  for (const [version, folder] of [
    ['1', 'first'],
    ['2', 'second'],
  ] as const) {
    host.write(`${folder}/${folder}.txt`, folder);
    await put('input', version, `file://${host.folder}/${folder}`);
  }
  const dataset = { dataInputType: 'DatasetId', datasetId: 'azureml:input@latest' };
  const { body } = await api.send<Asset>('POST', '/batchEndpoints/digits/jobs', {
    body: { properties: { dataset } },
  });
  await host.finished(body.name);
  expect(await host.file(body.name, 'named-outputs/score/predictions.csv')).toBe('second.txt\n');
});

test('versions are listed, the newest first, and assets by name', async () => {
  for (const version of ['1', '2', '3']) await put('listed', version, `https://example.com/${version}`);
  expect(await api.refusal('GET', '/data/nothing/versions')).toEqual([404, 'ResourceNotFound']);
  expect(await api.refusal('GET', '/data/,/versions?hash=')).toEqual([400, 'NameInvalid']);
  const { body } = await api.send<{ value: Asset[] }>('GET', '/data/listed/versions');
  expect(body.value.map(({ name }) => name)).toEqual(['3', '2', '1']);
  for (const name of ['zz', 'aa', 'MM']) await put(name, '1', 'https://example.com/');
  const all = (await api.pages<Asset>('/data?$top=2', 2)).map(({ name }) => name);
  expect(all).toEqual([...all].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)));
  expect(all).toEqual(expect.arrayContaining(['aa', 'MM', 'zz']));
});

test('the list of datastores begins with the default one and has pages like any other', async () => {
  for (const name of ['zeta', 'alpha']) {
    const properties = { datastoreType: 'LocalFolder', folder: host.folder };
    expect((await api.send('PUT', `/datastores/${name}`, { body: { properties } })).status).toBe(201);
  }
  for (const size of [1, 2, 3]) {
    const names = (await api.pages<Asset>(`/datastores?$top=${size}`, size)).map(({ name }) => name);
    expect(names).toEqual(['workspaceblobstore', 'alpha', 'zeta']);
  }
});

test('no answer has the secrets of a datastore', async () => {
  const secrets = { secretsType: 'AccountKey', key: 'c2VjcmV0LWtleS1vZi1hLXN0b3Jl' };
  const properties = {
    datastoreType: 'AzureBlob',
    accountName: 'account',
    containerName: 'box',
    credentials: { credentialsType: 'AccountKey', secrets },
  };
  const answers = [
    await api.send('PUT', '/datastores/secret', { body: { properties } }),
    await api.send('GET', '/datastores/secret'),
    await api.send('GET', '/datastores'),
  ];
  expect(answers.map(({ status }) => status)).toEqual([201, 200, 200]);
  expect(JSON.stringify(answers)).not.toContain(secrets.key);
  expect(host.log).not.toContain(secrets.key);
});
