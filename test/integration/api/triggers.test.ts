import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../../../bench/product/until';
import { useApi, type ApiAnswer } from '../../support/api';
import { echoScript } from '../../support/workspace';

const api = useApi();

interface Trigger {
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly systemData: { readonly createdAt: string; readonly createdBy: string };
  readonly properties: {
    readonly endpoint: string;
    readonly watch: Readonly<Record<string, unknown>>;
    readonly batching: Readonly<Record<string, unknown>>;
    readonly overrides: Readonly<Record<string, unknown>>;
    readonly paused: boolean;
    readonly status: { readonly state: string; readonly since: string };
  };
}

interface Watched {
  readonly places: readonly {
    readonly id: string;
    readonly folder: string;
    readonly settleMilliseconds: number;
    readonly since: string;
  }[];
}

const body = (properties: object = {}): object => ({
  properties: { endpoint: 'hearts', watch: { datastore: 'landing', path: 'incoming' }, ...properties },
});
const landing = (): string => join(api.host.folder, 'landing');
const put = (name: string, properties: object = {}, headers = {}): Promise<ApiAnswer<Trigger>> =>
  api.send<Trigger>('PUT', `/triggers/${name}`, { body: body(properties), headers });
const watched = (): Watched =>
  JSON.parse(readFileSync(join(api.host.state, 'watched.json'), 'utf8')) as Watched;

beforeAll(async () => {
  await api.host.endpoint('hearts', echoScript);
  await api.host.endpoint('upstream', echoScript);
  const datastore = { properties: { datastoreType: 'LocalFolder', folder: landing() } };
  await api.send('PUT', '/datastores/landing', { body: datastore });
});

describe('a trigger', () => {
  test('is made, shown with what it does now, and replaced', async () => {
    const made = await put('first', { batching: { type: 'window', seconds: 60 }, output: output('{name}') });
    expect(made.status).toBe(201);
    expect(made.headers['azure-asyncoperation']).toBeDefined();
    expect(made.body).toMatchObject({
      name: 'first',
      properties: {
        endpoint: 'hearts',
        watch: { datastore: 'landing', path: 'incoming', settleSeconds: 0.25 },
        batching: { type: 'Window', seconds: 60, files: 100_000 },
        paused: false,
        provisioningState: 'Succeeded',
        status: { state: 'Active', filesWaiting: 0, filesTaken: 0 },
      },
    });
    const again = await put('FIRST', { batching: { type: 'Marker' } });
    expect(again.status).toBe(200);
    expect(again.body.properties.batching).toEqual({ type: 'Marker', name: '_SUCCESS' });
    expect(again.body.systemData).toEqual(made.body.systemData);
    expect((await api.send('GET', '/triggers/first')).body).toEqual(again.body);
  });

  test('takes references and names in any form, and paths without the slashes at their ends', async () => {
    const { body: made } = await put('forms', {
      endpoint: 'azureml:HEARTS',
      watch: { datastore: 'azureml:landing', path: '/incoming/', include: ['*.csv'], exclude: ['tmp/'] },
      deployment: 'MAIN',
    });
    expect(made.properties).toMatchObject({
      endpoint: 'hearts',
      deployment: 'main',
      watch: { datastore: 'landing', path: 'incoming', include: ['*.csv'], exclude: ['tmp/'] },
    });
  });

  test('changes by a merge patch, as long as it is the version that was meant', async () => {
    const { headers } = await put('patched', { overrides: { miniBatchSize: 5, errorThreshold: 1 } });
    const etag = String(headers.etag);
    const change = {
      properties: { overrides: { miniBatchSize: 7, errorThreshold: null } },
      tags: { a: 'b' },
    };
    const patch = { body: change, headers: { 'If-Match': etag } };
    const changed = await api.send<Trigger>('PATCH', '/triggers/patched', patch);
    expect(changed.body).toMatchObject({ tags: { a: 'b' }, properties: { overrides: { miniBatchSize: 7 } } });
    expect(changed.body.properties.overrides).not.toHaveProperty('errorThreshold');
    expect(await api.refusal('PATCH', '/triggers/patched', patch)).toEqual([412, 'ResourceChanged']);
    const older = { body: body(), headers: { 'If-Match': etag } };
    expect(await api.refusal('PUT', '/triggers/patched', older)).toEqual([412, 'ResourceChanged']);
    const fresh = { body: body(), headers: { 'If-None-Match': '*' } };
    expect(await api.refusal('PUT', '/triggers/patched', fresh)).toEqual([412, 'ResourceChanged']);
  });

  test('is paused and resumed, and says since when', async () => {
    await put('paused');
    const send = (verb: string): Promise<ApiAnswer<Trigger>> =>
      api.send<Trigger>('POST', `/triggers/paused/${verb}`);
    const { body: paused } = await send('pause');
    expect(paused.properties).toMatchObject({ paused: true, status: { state: 'Paused' } });
    expect((await send('pause')).body).toEqual(paused);
    expect(paused.properties.status.since > paused.systemData.createdAt).toBe(true);
    const { body: resumed } = await send('resume');
    expect(resumed.properties).toMatchObject({ paused: false, status: { state: 'Active' } });
    expect(resumed.properties.status.since > paused.properties.status.since).toBe(true);
    expect(await api.refusal('POST', '/triggers/nobody/pause')).toEqual([404, 'ResourceNotFound']);
  });

  test('is deleted, and gone', async () => {
    await put('deleted');
    const { status, headers } = await api.send('DELETE', '/triggers/deleted');
    expect([status, headers.location !== undefined]).toEqual([202, true]);
    expect(await api.refusal('GET', '/triggers/deleted')).toEqual([404, 'ResourceNotFound']);
    expect((await api.send('DELETE', '/triggers/deleted')).status).toBe(204);
  });

  test('watches the outputs of another endpoint', async () => {
    const { body: made } = await put('chain', {
      watch: { endpoint: 'azureml:upstream', deployment: 'main' },
    });
    expect(made.properties.watch).toEqual({ endpoint: 'upstream', deployment: 'main' });
  });

  test('is in the list by its name', async () => {
    await put('listed-1');
    await put('listed-2');
    const all = await api.pages<Trigger>('/triggers?$top=2', 2);
    const names = all.map(({ name }) => name);
    expect(names).toEqual([...names].sort());
    expect(names).toEqual(expect.arrayContaining(['listed-1', 'listed-2']));
  });
});

function output(file: string): string {
  return `azureml://datastores/workspaceblobstore/paths/out/${file}.csv`;
}

/** Watches where its outputs go, as nothing else is said of them. */
const watchesOutputs = { watch: { datastore: 'workspaceblobstore' } };

describe('what cannot be is refused', () => {
  test.each<[string, object, number, string, string?]>([
    ['an endpoint that is not there', { endpoint: 'nobody' }, 404, 'ResourceNotFound'],
    ['a deployment that is not there', { deployment: 'green' }, 404, 'ResourceNotFound'],
    ['a datastore that is not there', { watch: { datastore: 'nowhere' } }, 404, 'ResourceNotFound'],
    ['an upstream that is not there', { watch: { endpoint: 'nobody' } }, 404, 'ResourceNotFound'],
    ['a path that climbs', { watch: { path: '../secrets' } }, 400, 'UriInvalid'],
    ['a pattern that cannot be read', { watch: { include: ['['] } }, 400, 'InputPatternInvalid'],
    ['no pattern', { watch: { include: [] } }, 400, 'BodyInvalid', 'properties.watch.include'],
    [
      'both files and outputs',
      { watch: { endpoint: 'upstream', path: 'a' } },
      400,
      'TriggerInvalid',
      'properties.watch.path',
    ],
    [
      'a deployment of no endpoint',
      { watch: { deployment: 'main' } },
      400,
      'TriggerInvalid',
      'properties.watch.deployment',
    ],
    [
      'a window without an end',
      { batching: { type: 'Window', files: 3 } },
      400,
      'TriggerInvalid',
      'properties.batching.seconds',
    ],
    ['a window of no time', { batching: { type: 'Window', seconds: 0 } }, 400, 'BodyInvalid'],
    ['a window of over a day', { batching: { type: 'Window', seconds: 86_401 } }, 400, 'BodyInvalid'],
    [
      'a window of too many files',
      { batching: { type: 'Window', seconds: 1, files: 100_001 } },
      400,
      'BodyInvalid',
      'properties.batching.files',
    ],
    [
      'seconds without a window',
      { batching: { seconds: 3 } },
      400,
      'TriggerInvalid',
      'properties.batching.seconds',
    ],
    ['a marker in a folder', { batching: { type: 'Marker', name: 'a/b' } }, 400, 'BodyInvalid'],
    [
      'a window over outputs',
      { watch: { endpoint: 'upstream' }, batching: { type: 'Window', seconds: 1 } },
      400,
      'TriggerInvalid',
      'properties.batching.type',
    ],
    ['an unknown place', { output: output('{nmae}') }, 400, 'TriggerOutputInvalid', 'properties.output'],
    ['one file for all jobs', { output: output('{date}') }, 400, 'TriggerOutputInvalid', 'properties.output'],
    ['outputs in what it watches', watchesOutputs, 400, 'TriggerWatchesOwnOutput'],
    ['the outputs of its own endpoint', { watch: { endpoint: 'hearts' } }, 400, 'TriggerCycle'],
    ['an output that is no path', { output: 'http://a/{name}' }, 400, 'OutputInvalid'],
    [
      'an output in a datastore that is not there',
      { output: 'azureml://datastores/nowhere/paths/{name}.csv' },
      404,
      'ResourceNotFound',
    ],
    [
      'an input among the overrides',
      { overrides: { inputData: {} } },
      400,
      'BodyInvalid',
      'properties.overrides.inputData',
    ],
    [
      'overrides that do not fit together',
      { overrides: { outputOptions: { format: 'parquet', delimiter: ';' } } },
      400,
      'OutputOptionsMixed',
    ],
  ])('%s', async (_what, properties, status, code, target = '') => {
    const refused = await api.send('PUT', '/triggers/refused', { body: body(properties) });
    expect([refused.status, refused.body.error.code]).toEqual([status, code]);
    if (target !== '') expect(refused.body.error.target).toBe(target);
    expect(await api.refusal('GET', '/triggers/refused')).toEqual([404, 'ResourceNotFound']);
  });

  test('a name that is none', async () => {
    expect(await api.refusal('PUT', '/triggers/a_b', { body: body() })).toEqual([400, 'NameInvalid']);
  });

  test('a pattern that matches everything is allowed', async () => {
    const { status } = await put('everything', { watch: { datastore: 'landing', include: ['**'] } });
    expect(status).toBe(201);
  });
});

describe('who makes a trigger', () => {
  const token = (...roles: string[]): Promise<string> => api.host.token('management', { roles });

  test('has to be allowed to change and to invoke its endpoint', async () => {
    const put = async (...roles: string[]): Promise<[number, string]> =>
      api.refusal('PUT', '/triggers/by-role', { body: body(), token: await token(...roles) });
    const missing = [403, 'RoleMissing'];
    expect(await put('Endpoints.Write:hearts')).toEqual(missing);
    expect(await put('Endpoints.Write:hearts', 'Jobs.Invoke:upstream')).toEqual(missing);
    expect(await put('Endpoints.Write:upstream', 'Jobs.Invoke:hearts')).toEqual(missing);
    const roles = await token('Endpoints.Write:hearts', 'Jobs.Invoke:hearts');
    expect((await api.send('PUT', '/triggers/by-role', { body: body(), token: roles })).status).toBe(201);
  });

  test('has to be allowed to read the jobs whose outputs it watches', async () => {
    const own = ['Endpoints.Write:hearts', 'Jobs.Invoke:hearts'];
    const chain = { body: body({ watch: { endpoint: 'upstream' } }) };
    const refused = { ...chain, token: await token(...own) };
    expect(await api.refusal('PUT', '/triggers/by-chain', refused)).toEqual([403, 'RoleMissing']);
    const allowed = { ...chain, token: await token(...own, 'Jobs.Read:upstream') };
    expect((await api.send('PUT', '/triggers/by-chain', allowed)).status).toBe(201);
  });

  test('cannot take one that belongs to another endpoint, nor see or switch it', async () => {
    await put('theirs', { endpoint: 'upstream' });
    const roles = await token('Endpoints.Write:hearts', 'Endpoints.Read:hearts', 'Jobs.Invoke:hearts');
    const request = { body: body(), token: roles };
    expect(await api.refusal('PUT', '/triggers/theirs', request)).toEqual([403, 'RoleMissing']);
    expect(await api.refusal('PATCH', '/triggers/theirs', request)).toEqual([403, 'RoleMissing']);
    for (const [method, path] of [
      ['GET', ''],
      ['POST', '/pause'],
      ['DELETE', ''],
    ] as const)
      expect(await api.refusal(method, `/triggers/theirs${path}`, { token: roles })).toEqual([
        403,
        'RoleMissing',
      ]);
    const listed = await api.send<{ value: Trigger[] }>('GET', '/triggers', { token: roles });
    expect(listed.body.value.map(({ properties }) => properties.endpoint)).not.toContain('upstream');
    expect(listed.body.value.length).toBeGreaterThan(0);
  });
});

describe('what becomes of a trigger and its files', () => {
  interface Landed {
    readonly name: string;
    readonly state: string;
    readonly job?: string;
    readonly etag: string;
  }
  const files = (): Promise<Landed[]> => api.pages<Landed>('/triggers/counting/files?$top=2', 2);
  const status = async (): Promise<Readonly<Record<string, unknown>>> =>
    (await api.send<Trigger>('GET', '/triggers/counting')).body.properties.status;
  const land = (name: string): void => void api.host.write(`counted/${name}`, name);

  beforeAll(async () => {
    const datastore = {
      properties: { datastoreType: 'LocalFolder', folder: join(api.host.folder, 'counted') },
    };
    await api.send('PUT', '/datastores/counted', { body: datastore });
    await api.host.endpoint('passing', echoScript);
    await put('counting', { endpoint: 'passing', watch: { datastore: 'counted', settleSeconds: 0 } });
  });

  test('files are listed page by page with their jobs, each once', async () => {
    for (const name of ['a.txt', 'b.txt', 'c.txt']) land(name);
    // One that gets its job between two pages stands on both.
    const landed = await until(
      files,
      (all) => all.length === 3 && all.every(({ state }) => state === 'Taken'),
    );
    expect(landed.map(({ name }) => name).sort()).toEqual(['a.txt', 'b.txt', 'c.txt']);
    expect(new Set(landed.map(({ job }) => job)).size).toBe(3);
    await until(status, ({ filesTaken }) => filesTaken === 3);
    expect(await status()).toMatchObject({ state: 'Active', filesWaiting: 0 });
    for (const { job } of landed) {
      const { body: made } = await api.send<{ properties: { caller: object } }>('GET', `/jobs/${job ?? ''}`);
      expect(made.properties.caller).toMatchObject({ type: 'trigger', name: 'counting' });
    }
  });

  test('while its endpoint is gone it is degraded with the reason, files wait, and it recovers by itself', async () => {
    await until(
      () => api.send('DELETE', '/batchEndpoints/passing'),
      (answer) => answer.status === 202 || answer.status === 204,
    );
    await until(status, ({ state }) => state === 'Degraded');
    expect(await status()).toMatchObject({ reason: { code: 'ResourceNotFound' } });
    land('d.txt');
    const [waiting] = await until(files, (all) => all.length === 4);
    expect(waiting).toMatchObject({ name: 'd.txt', state: 'Waiting' });
    expect(await status()).toMatchObject({ filesWaiting: 1, filesTaken: 3 });
    await api.host.endpoint('passing', echoScript);
    await until(status, ({ state, filesTaken }) => state === 'Active' && filesTaken === 4);
    expect(await status()).toMatchObject({ filesWaiting: 0 });
  });
});

describe('the host is told which folders to watch', () => {
  test('with the shortest time to settle and the earliest beginning of those that watch there', async () => {
    const folder = join(api.host.folder, 'told');
    const datastore = { properties: { datastoreType: 'LocalFolder', folder } };
    await api.send('PUT', '/datastores/told', { body: datastore });
    const placeOf = (): Watched['places'][number] | undefined =>
      watched().places.find((one) => one.folder === folder);
    const { body: first } = await put('told-1', { watch: { datastore: 'told' } });
    expect(placeOf()).toEqual({
      id: 'told',
      folder,
      settleMilliseconds: 250,
      since: first.systemData.createdAt,
    });
    const below = { datastore: 'told', path: 'deeper', settleSeconds: 0.05 };
    await put('told-2', { watch: below });
    expect(placeOf()).toMatchObject({ settleMilliseconds: 50, since: first.systemData.createdAt });
    await api.send('DELETE', '/triggers/told-1');
    expect(watched().places.map((one) => one.folder)).toContain(join(folder, 'deeper'));
    expect(placeOf()).toBeUndefined();
  });

  test('also when a datastore is moved or deleted', async () => {
    const datastore = (folder: string): object => ({
      body: { properties: { datastoreType: 'LocalFolder', folder: join(api.host.folder, folder) } },
    });
    const folders = (): string[] => watched().places.map(({ folder }) => folder);
    await api.send('PUT', '/datastores/moving', datastore('before'));
    await put('moving', { watch: { datastore: 'moving' } });
    expect(folders()).toContain(join(api.host.folder, 'before'));
    await api.send('PUT', '/datastores/moving', datastore('after'));
    expect(folders()).toContain(join(api.host.folder, 'after'));
    expect(folders()).not.toContain(join(api.host.folder, 'before'));
    await api.send('DELETE', '/datastores/moving');
    expect(folders()).not.toContain(join(api.host.folder, 'after'));
  });
});
