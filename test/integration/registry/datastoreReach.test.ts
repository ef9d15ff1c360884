import type { DatastorePlace } from '../../../shared/registry/datastores';
import { restBodies } from '../../../shared/schemas/restBodies';
import { useWorkspace } from '../../support/useWorkspace';

const accountKey = Buffer.from('a key').toString('base64');

describe('a storage account that a caller names', () => {
  const shared = useWorkspace({ BATCHPOINT_LOCAL_FILES: 'false' });
  const own = useWorkspace();

  const body = (more: object, secret?: string): ReturnType<typeof restBodies.datastore> =>
    restBodies.datastore({
      properties: {
        datastoreType: 'AzureBlob',
        accountName: 'acme',
        containerName: 'inputs',
        ...(secret === undefined
          ? {}
          : { credentials: { credentialsType: 'AccountKey', secrets: { key: secret } } }),
        ...more,
      },
    });

  test.each([
    ['http://acme.blob.core.windows.net', 'it has to start with https://'],
    ['https://10.0.0.5', 'it leads into a private network'],
    ['https://169.254.169.254/x', 'it leads into a private network'],
    ['https://[::1]:8443', 'it leads to the host itself'],
    ['https://localhost:10000/acme', 'it leads to the host itself'],
  ])('at %s is refused by a host that others share', async (endpoint, reason) => {
    const refused = shared().services.registry.datastores.register('far', body({ endpoint }, accountKey));
    await expect(refused).rejects.toMatchObject({ code: 'DatastoreUnsafe' });
    await expect(refused).rejects.toThrow(reason);
  });

  test.each([
    { endpoint: 'https://storage.example.com' },
    { endpoint: 'https://acme.blob.core.windows.net.example.com' },
    { accountName: 'storage.example.com/' },
  ])('as %p says gets no token of the identity of the app', async (more) => {
    const refused = shared().services.registry.datastores.register('far', body(more));
    await expect(refused).rejects.toMatchObject({ code: 'DatastoreUnsafe' });
    await expect(refused).rejects.toThrow('the identity of the app is for Azure Storage alone');
  });

  test.each([
    {},
    { endpoint: 'core.usgovcloudapi.net' },
    { endpoint: 'https://acme.z01.blob.storage.azure.net/' },
  ])('as %p says is Azure Storage, and is taken', async (more) => {
    const { datastores } = shared().services.registry;
    await datastores.register('azure', body(more));
    expect((await datastores.get('azure')).value.place).toMatchObject({ type: 'AzureBlob' });
  });

  test('may be an emulator where callers share the machine', async () => {
    const endpoint = 'http://127.0.0.1:10000/acme';
    await own().services.registry.datastores.register('near', body({ endpoint }, accountKey));
  });

  test('is not entered either where it was registered before', async () => {
    const { registry, inputs } = shared().services;
    const place: DatastorePlace = {
      type: 'AzureBlob',
      serviceUrl: 'https://127.0.0.1:9',
      container: 'inputs',
      accountName: 'acme',
      accountKey,
    };
    await registry.datastores.put('old', { tags: {}, place }, {});
    await expect(inputs.resolve('azureml://datastores/old/paths/x')).rejects.toMatchObject({
      code: 'DatastoreUnsafe',
    });
  });
});
