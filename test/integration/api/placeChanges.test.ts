import { readFileSync } from 'node:fs';
import { useApi, type ErrorEnvelope } from '../../support/api';

interface Place extends ErrorEnvelope {
  readonly tags: object;
  readonly properties: Readonly<Record<string, unknown>>;
}

const api = useApi();
const { host } = api;

test('a part of a compute changes, as it was read where If-Match asks for that', async () => {
  const body = { tags: { a: '1' }, properties: { properties: { scaleSettings: { maxNodeCount: 3 } } } };
  const { headers } = await api.send('PUT', '/computes/patched', { body });
  const change = { properties: { properties: { scaleSettings: { maxNodeCount: 9 } } } };
  const match = { 'If-Match': String(headers['etag']) };
  const changed = await api.send<Place>('PATCH', '/computes/patched', { body: change, headers: match });
  expect(changed.status).toBe(200);
  expect(changed.body).toMatchObject({
    tags: { a: '1' },
    properties: { properties: { scaleSettings: { minNodeCount: 0, maxNodeCount: 9 } } },
  });
  const late = { body: change, headers: match };
  expect(await api.refusal('PATCH', '/computes/patched', late)).toEqual([412, 'ResourceChanged']);
  expect(await api.refusal('PATCH', '/computes/nobody', { body: change })).toEqual([404, 'ResourceNotFound']);
});

test('keys of a change may be written in any case, but not twice', async () => {
  const scaleSettings = { maxNodeCount: 3 };
  await api.send('PUT', '/computes/spelled', { body: { properties: { properties: { scaleSettings } } } });
  const change = { Properties: { properties: { ScaleSettings: { MaxNodeCount: 9 } } } };
  const { status, body } = await api.send<Place>('PATCH', '/computes/spelled', { body: change });
  expect([status, body.properties]).toMatchObject([
    200,
    { properties: { scaleSettings: { minNodeCount: 0, maxNodeCount: 9 } } },
  ]);
  const twice = { body: { tags: {}, Tags: {} } };
  expect(await api.refusal('PATCH', '/computes/spelled', twice)).toEqual([400, 'BodyInvalid']);
});

describe('A datastore', () => {
  const key = 'c2VjcmV0LWtleS1vZi1hLXN0b3Jl';
  const blob = {
    properties: {
      datastoreType: 'AzureBlob',
      accountName: 'account',
      containerName: 'box',
      credentials: { credentialsType: 'AccountKey', secrets: { secretsType: 'AccountKey', key } },
    },
  };

  test('changes by a part of it, and keeps its secrets without showing them', async () => {
    await api.send('PUT', '/datastores/blobs', { body: blob });
    const change = { properties: { Description: 'pictures', ContainerName: 'other' } };
    const { status, body } = await api.send<Place>('PATCH', '/datastores/blobs', { body: change });
    expect(status).toBe(200);
    expect(body.properties).toMatchObject({
      description: 'pictures',
      containerName: 'other',
      accountName: 'account',
      credentials: { credentialsType: 'AccountKey' },
    });
    expect(JSON.stringify(body)).not.toContain(key);
    expect(host.log).not.toContain(key);
  });

  test('without a key or a signature lends the identity of the host to nobody', async () => {
    const { credentials: _none, ...properties } = blob.properties;
    await api.send('PUT', '/datastores/byidentity', { body: { properties } });
    expect(await api.refusal('POST', '/datastores/byidentity/listSecrets')).toEqual([409, 'DatastoreClosed']);
    await api.send('PUT', '/datastores/bykey', { body: blob });
    const { status, body } = await api.send<{ sasToken: string }>('POST', '/datastores/bykey/listSecrets');
    expect([status, new URLSearchParams(body.sasToken).get('sr')]).toEqual([200, 'c']);
    expect(body.sasToken).not.toContain(key);
  });

  test('is deleted, and its files stay', async () => {
    host.write('kept/file.txt', 'still here');
    const folder = `${host.folder}/kept`;
    await api.send('PUT', '/datastores/kept', {
      body: { properties: { datastoreType: 'LocalFolder', folder } },
    });
    expect((await api.send('DELETE', '/datastores/kept')).status).toBe(200);
    expect((await api.send('DELETE', '/datastores/kept')).status).toBe(204);
    expect(await api.refusal('GET', '/datastores/kept')).toEqual([404, 'ResourceNotFound']);
    expect(readFileSync(`${folder}/file.txt`, 'utf8')).toBe('still here');
  });

  test('that is deleted takes the logs of no job with it', async () => {
    const folder = `${host.folder}/outputs`;
    await api.send('PUT', '/datastores/outputs', {
      body: { properties: { datastoreType: 'LocalFolder', folder } },
    });
    await host.endpoint('writing', 'def run(mini_batch): return mini_batch');
    const outputDataset = { datastoreId: 'azureml:outputs', path: 'out' };
    const { name } = await host.invoke('writing', host.inputs(1, 'logged'), { outputDataset });
    await host.finished(name);
    const files = async (): Promise<string[]> =>
      (await api.send<{ value: { name: string }[] }>('GET', `/jobs/${name}/files`)).body.value.map(
        (file) => file.name,
      );
    const output = 'named-outputs/score/predictions.csv';
    const before = await files();
    expect(before).toContain(output);
    expect((await api.send('DELETE', '/datastores/outputs')).status).toBe(200);
    expect(await files()).toEqual(before.filter((file) => file !== output));
    expect(await api.refusal('GET', `/jobs/${name}/files/${output}`)).toEqual([404, 'JobFileMissing']);
    expect((await api.send('GET', `/jobs/${name}`)).status).toBe(200);
  });

  test('that is the default one is neither changed nor deleted', async () => {
    const fixed = [409, 'DefaultDatastoreFixed'];
    const body = { properties: { description: 'mine' } };
    expect(await api.refusal('PATCH', '/datastores/workspaceblobstore', { body })).toEqual(fixed);
    expect(await api.refusal('DELETE', '/datastores/WorkspaceBlobStore')).toEqual(fixed);
  });

  test('that a running job writes to is kept until its end', async () => {
    await host.endpoint(
      'slow',
      `import os, time
def run(mini_batch):
    while not os.path.exists(${JSON.stringify(`${host.folder}/go`)}):
        time.sleep(0.02)
    return mini_batch
`,
    );
    const folder = `${host.folder}/results`;
    host.write('results/none', '');
    await api.send('PUT', '/datastores/results', {
      body: { properties: { datastoreType: 'LocalFolder', folder } },
    });
    const { name } = await host.invoke('slow', host.inputs(1), {
      outputDataset: { datastoreId: 'azureml:results', path: 'here' },
    });
    expect(await api.refusal('DELETE', '/datastores/results')).toEqual([409, 'DatastoreInUse']);
    host.write('go', '');
    await host.finished(name);
    expect((await api.send('DELETE', '/datastores/results')).status).toBe(200);
  });
});
