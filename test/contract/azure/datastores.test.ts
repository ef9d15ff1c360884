import { BlobServiceClient, ContainerSASPermissions } from '@azure/storage-blob';
import { openStores } from '../../../shared/stores/openStores';
import type { AzureContainerPlace } from '../../../shared/stores/stores';
import { azuriteAccount, azuriteKey } from '../../support/azurite';
import { namesIn, stagePart, textOf } from '../blobs/contents';
import { fresh } from '../openedStores';
import { errorOf } from '../outcomes';
import { scratchPath } from '../scratchFolder';
import { azureFixture } from './azureFixture';

describe('a container of any account', () => {
  const fixture = azureFixture();

  const service = (): BlobServiceClient => BlobServiceClient.fromConnectionString(fixture().connectionString);
  const placeOf = (container: string): AzureContainerPlace => ({
    serviceUrl: fixture().blobProxy.url,
    container,
    accountName: azuriteAccount,
    accountKey: azuriteKey,
  });

  test('is entered by the key of its account, beside local stores too', async () => {
    const stores = await openStores({ kind: 'local', folder: scratchPath() });
    const name = fresh('datastore');
    await service().createContainer(name);
    const store = await stores.azureContainer(placeOf(name));
    await store.write('input/a', 'content');
    expect(await namesIn(store)).toEqual(['input/a']);
    await store.commit('out', [await stagePart(stores.blobs, 'part', 'rows\n')], { n: '1' });
    expect(await textOf(store, 'out')).toBe('rows\n');
    await stores.close();
  });

  test('is entered by a signature for it alone', async () => {
    const name = fresh('datastore');
    const client = service().getContainerClient(name);
    await client.create();
    await client.getBlockBlobClient('input/a').upload('content', 7);
    const permissions = ContainerSASPermissions.parse('rl');
    const signed = await client.generateSasUrl({ permissions, expiresOn: new Date(Date.now() + 3_600_000) });
    const { accountKey: _none, ...place } = placeOf(name);
    const stores = await fixture().open();
    const store = await stores.azureContainer({ ...place, sasToken: new URL(signed).search });
    expect(await namesIn(store)).toEqual(['input/a']);
    expect(await textOf(store, 'input/a')).toBe('content');
    expect(store.url).not.toContain('sig');
    expect(await errorOf(store.write('b', ''))).toMatchObject({ code: 'StoreForbidden' });

    await stores.blobs.commit(fresh('out'), [{ store, name: 'input/a', size: 7 }], { n: '1' });
  });

  test('that is entered by a signature for it alone is committed to without a byte through this process', async () => {
    const name = fresh('datastore');
    const client = service().getContainerClient(name);
    await client.create();
    const permissions = ContainerSASPermissions.parse('racwdl');
    const signed = await client.generateSasUrl({ permissions, expiresOn: new Date(Date.now() + 3_600_000) });
    const { accountKey: _none, ...place } = placeOf(name);
    const carried = jest.fn();
    const stores = await fixture().open({ onBytesCarried: carried });
    const store = await stores.azureContainer({ ...place, sasToken: new URL(signed).search });
    const parts = [await stagePart(stores.blobs, 'theirs', 'one\n'), await stagePart(store, 'own', 'two\n')];
    await store.commit('out', parts, { n: '1' });
    expect(await textOf(store, 'out')).toBe('one\ntwo\n');
    expect(carried).not.toHaveBeenCalled();
  });

  test('is not made where it is missing', async () => {
    const stores = await fixture().open();
    const name = fresh('missing');
    const store = await stores.azureContainer(placeOf(name));
    expect(await errorOf(store.write('a', ''))).toMatchObject({ code: 'StoreMissing' });
    expect(await errorOf(store.stat('a'))).toMatchObject({ code: 'StoreMissing' });
    expect(await service().getContainerClient(name).exists()).toBe(false);
  });

  test.each([
    ['a URL that is none', { serviceUrl: 'acme' }, 'StoreSettingInvalid'],
    ['a key that is none', { accountKey: 'not base64!' }, 'StoreSettingInvalid'],
    ['a container that cannot be', { container: '../up' }, 'ContainerNameInvalid'],
    ['a token that would go over the wire in the clear', { accountKey: undefined }, 'StoreSettingInvalid'],
  ])('cannot have %s', async (_case, change, code) => {
    const stores = await fixture().open();
    const place = { ...placeOf('container'), ...change };
    expect(await errorOf(stores.azureContainer(place))).toMatchObject({ code });
  });
});
