import { pathToFileURL } from 'node:url';
import { BlobServiceClient, StorageSharedKeyCredential } from '@azure/storage-blob';
import { restBodies } from '../../../shared/schemas/restBodies';
import { azuriteAccount, azuriteKey, startAzurite, type Azurite } from '../../support/azurite';
import { useWorkspace } from '../../support/useWorkspace';
import { echoScript } from '../../support/workspace';

const long =
  'azureml://subscriptions/s/resourcegroups/g/workspaces/w/datastores/workspaceblobstore/paths/models/mine';

describe('The content of a model', () => {
  const workspace = useWorkspace();
  const register = (name: string, modelUri: string): Promise<{ digest: string; root: string }> =>
    workspace()
      .services.registry.models.register(name, '1', restBodies.modelVersion({ properties: { modelUri } }))
      .then(({ asset }) => asset.value.content);

  beforeAll(async () => {
    const store = workspace().services.stores.container('workspaceblobstore');
    await store.write('models/mine/a.txt', 'a');
    await store.write('models/mine/b/c.txt', 'c');
  });

  test.each([
    ['a path in a datastore', 'short', 'azureml://datastores/workspaceblobstore/paths/models/mine'],
    ['its long form', 'long', long],
    ['a path with a slash at its end', 'slash', 'azureml://datastores/workspaceblobstore/paths/models/mine/'],
  ])('comes from %s, and is the same as from a folder', async (_place, name, uri) => {
    workspace().write(`local-${name}/mine/a.txt`, 'a');
    const folder = workspace().write(`local-${name}/mine/b/c.txt`, 'c').replace('/b/c.txt', '');
    const local = await register(`local-${name}`, pathToFileURL(folder).href);
    expect(await register(name, uri)).toMatchObject({ digest: local.digest, root: 'mine' });
  });

  test('comes from one file in a datastore', async () => {
    const uri = 'azureml://datastores/workspaceblobstore/paths/models/mine/a.txt';
    expect(await register('one', uri)).toMatchObject({ root: 'a.txt', files: 1, bytes: 1 });
  });

  test.each([
    [
      'what climbs out',
      'azureml://datastores/workspaceblobstore/paths/models/../../batchpoint',
      'UriInvalid',
    ],
    ['a datastore that is not there', 'azureml://datastores/none/paths/x', 'ResourceNotFound'],
    ['a URL that is in no datastore', 'https://example.org/container/model', 'UriInvalid'],
    ['a path with nothing at it', 'azureml://datastores/workspaceblobstore/paths/none', 'AssetPathMissing'],
    ['another kind of URI', 'runs:/x/model', 'UriInvalid'],
  ])('does not come from %s', async (_what, uri, code) => {
    await expect(register('refused', uri)).rejects.toMatchObject({ code });
  });
});

describe('The output of a job', () => {
  const workspace = useWorkspace();
  let job: string;
  beforeAll(async () => {
    await workspace().endpoint('echo', echoScript);
    const started = await workspace().invoke('echo', workspace().inputs(2));
    const { spec } = await workspace().run(started);
    job = spec.name;
    // As what a script has written beside its rows.
    const { store, folder } = await workspace().services.destinations.open(spec.output);
    await store.write(`${folder}made/score.py`, 'def run(files):\n    return files\n');
  });
  const start = 'azureml://subscriptions/s/resourcegroups/g/workspaces/w/';

  test.each([
    ['by its short name', 'short', 'azureml://'],
    ['by its long one', 'long', start],
  ])('becomes a model %s', async (_how, name, from) => {
    const modelUri = `${from}jobs/${job}/outputs/score/paths/predictions.csv`;
    const body = restBodies.modelVersion({ properties: { modelUri } });
    const { registry, stores } = workspace().services;
    const { asset } = await registry.models.register(name, '1', body);
    const { content } = asset.value;
    expect(content).toMatchObject({ root: 'predictions.csv', files: 1 });
    const chunks = await stores.blobs.read(`${content.prefix}predictions.csv`);
    expect(
      Buffer.concat(await chunks.toArray())
        .toString()
        .split('\n')
        .sort(),
    ).toEqual(['', '0', '1']);
  });

  test('becomes code, a folder of it', async () => {
    const codeUri = `azureml://jobs/${job}/outputs/score/paths/made`;
    const body = restBodies.codeVersion({ properties: { codeUri } });
    const { asset } = await workspace().services.registry.codes.register('code', '1', body);
    expect(asset.value.content).toMatchObject({ root: 'made', files: 1 });
  });

  test.each([
    ['of a job that is not there', 'none', 'predictions.csv', 'ResourceNotFound'],
    ['with nothing at its path', undefined, 'nothing', 'AssetPathMissing'],
    ['that a path climbs out of', undefined, '../other', 'UriInvalid'],
  ])('becomes no model %s', async (_what, other, path, code) => {
    const modelUri = `azureml://jobs/${other ?? job}/outputs/score/paths/${path}`;
    const body = restBodies.modelVersion({ properties: { modelUri } });
    const registered = workspace().services.registry.models.register('refused', '1', body);
    await expect(registered).rejects.toMatchObject({ code });
  });
});

describe('The URL of a blob in an account', () => {
  const workspace = useWorkspace();
  let azurite: Azurite;
  beforeAll(async () => {
    azurite = await startAzurite();
    const key = new StorageSharedKeyCredential(azuriteAccount, azuriteKey);
    const container = new BlobServiceClient(azurite.blobUrl, key).getContainerClient('shelf');
    await container.create();
    await container.getBlockBlobClient('models/my model/a.txt').upload('a', 1);
    await container.getBlockBlobClient('models/my model/b/c.txt').upload('c', 1);
    const properties = {
      ...{ datastoreType: 'AzureBlob', accountName: azuriteAccount, containerName: 'shelf' },
      endpoint: azurite.blobUrl,
      credentials: { credentialsType: 'AccountKey', secrets: { key: azuriteKey } },
    };
    await workspace().services.registry.datastores.register('shelf', restBodies.datastore({ properties }));
  });
  afterAll(() => azurite.stop());

  const register = (name: string, modelUri: string): Promise<{ root: string; files: number }> =>
    workspace()
      .services.registry.models.register(name, '1', restBodies.modelVersion({ properties: { modelUri } }))
      .then(({ asset }) => asset.value.content);

  test('gives a model where a datastore is its container, escaped or not', async () => {
    const escaped = `${azurite.blobUrl}/shelf/models/my%20model`;
    expect(await register('escaped', escaped)).toMatchObject({ root: 'my model', files: 2 });
    const plain = `${azurite.blobUrl}/shelf/models/my model/a.txt`;
    expect(await register('plain', plain)).toMatchObject({ root: 'a.txt', files: 1 });
  });

  test('gives none where no datastore has its container', async () => {
    const other = register('other', `${azurite.blobUrl}/shelf2/models/my%20model`);
    await expect(other).rejects.toMatchObject({ code: 'UriInvalid' });
  });
});
