import { inspect } from 'node:util';
import {
  AccountSASPermissions,
  AccountSASResourceTypes,
  AccountSASServices,
  BlobServiceClient,
  generateAccountSASQueryParameters,
  StorageSharedKeyCredential,
} from '@azure/storage-blob';
import { openStores } from '../../../shared/stores/openStores';
import { azuriteAccount, azuriteKey } from '../../support/azurite';
import { startFaultyProxy } from '../../support/faultyProxy';
import { stagePart, textOf } from '../blobs/contents';
import { fresh } from '../openedStores';
import { errorOf, gather } from '../outcomes';
import { azureFixture } from './azureFixture';

describe('opening stores in Azure', () => {
  const fixture = azureFixture();

  test('makes the container and the table, though many open at once', async () => {
    const all = await Promise.all(Array.from({ length: 6 }, () => fixture().open()));
    const [first, last] = [all[0], all[5]];
    await first?.blobs.write('a', 'content');
    await first?.tables.commit('p', [{ kind: 'put', row: 'a', value: { n: 1 } }]);
    expect((await last?.blobs.stat('a'))?.size).toBe(7);
    expect((await last?.tables.get('p', 'a'))?.value).toEqual({ n: 1 });
  });

  test('makes another container with its first use, though many use it at once', async () => {
    const { open } = fixture();
    const name = fresh('first-use');
    const stores = await open();
    await Promise.all(Array.from({ length: 8 }, (_, n) => stores.container(name).write(`${n}`, '')));
    expect((await gather(stores.container(name).list(''))).flat()).toHaveLength(8);
  });

  test('asks once for the container, not with every use', async () => {
    const { open, blobProxy } = fixture();
    const store = (await open()).container(fresh('asked-once'));
    for (let n = 0; n < 5; n += 1) await store.write(`${n}`, '');
    const made = blobProxy.seen.filter(
      ({ url }) => url.includes(store.url.split('/').at(-1) ?? '?') && url.includes('restype=container'),
    );
    expect(made).toHaveLength(1);
  });

  test('tries again to make a container that could not be made', async () => {
    const { open, blobProxy } = fixture();
    const store = (await open()).container(fresh('again'));
    blobProxy.fail(() => ({ kind: 'answer', status: 503, code: 'ServerBusy' }));
    expect(await errorOf(store.write('a', ''))).toMatchObject({ code: 'StoreUnavailable' });
    blobProxy.fail();
    await store.write('a', '');
  });

  test('works with a shared access signature instead of a key', async () => {
    const store = await openWithSignature('rwdlacup');
    const blobs = store.container(fresh('signed'));
    const parts = [await stagePart(blobs, 'parts/0', 'one\n'), await stagePart(blobs, 'parts/1', 'two\n')];
    await blobs.commit('out', parts, { n: '1' });
    expect(await textOf(blobs, 'out')).toBe('one\ntwo\n');
    expect(blobs.url).not.toContain('sig=');
    await store.tables.commit('p', [{ kind: 'put', row: 'signed', value: { n: 1 } }]);
    expect((await store.tables.get('p', 'signed'))?.value).toEqual({ n: 1 });
  });

  test('goes on without the right to make containers where they are there', async () => {
    const { open, connectionString } = fixture();
    await (await open()).blobs.write('there', 'content');
    const store = await openWithSignature('r');
    expect(await textOf(store.blobs, 'there')).toBe('content');
    expect(await errorOf(store.blobs.write('there', 'x'))).toMatchObject({ code: 'StoreForbidden' });
    const name = fresh('missing');
    expect(await errorOf(store.container(name).read('a'))).toMatchObject({ code: 'StoreMissing' });
    const service = BlobServiceClient.fromConnectionString(connectionString);
    expect(await service.getContainerClient(name).exists()).toBe(false);
  });

  test('names an account that does not exist', async () => {
    const connectionString = fixture().connectionString.replaceAll(azuriteAccount, 'noaccount');
    const error = await errorOf(openStores({ kind: 'azure', connectionString }, { tries: 1 }));
    expect(error).toMatchObject({ code: 'StoreMissing' });
    expect(String(error)).toContain('noaccount');
  });

  test('reports a host name that nobody has', async () => {
    const connectionString = `AccountName=nobody;AccountKey=${azuriteKey};EndpointSuffix=invalid`;
    const error = await errorOf(openStores({ kind: 'azure', connectionString }, { tries: 1 }));
    expect(error).toMatchObject({ code: expect.stringMatching(/^Store(Missing|Unavailable)$/) as string });
  });

  test('reports a service that is not there', async () => {
    const { azurite, connectionString, blobProxy } = fixture();
    const gone = await startFaultyProxy(azurite.blobUrl);
    await gone.stop();
    const settings = {
      kind: 'azure',
      connectionString: connectionString.replace(blobProxy.url, gone.url),
    } as const;
    const error = await errorOf(openStores(settings, { tries: 2, firstDelay: 1 }));
    expect(error).toMatchObject({ code: 'StoreUnavailable' });
    expect(String(error)).toContain('ECONNREFUSED');
  });

  test('passes a signature of its own on to nobody', async () => {
    expect((await openWithSignature('rwdlacup')).service).toBeUndefined();
    expect((await fixture().open()).service).toBeDefined();
  });

  test('shows no key, signature or token in any error', async () => {
    const { connectionString, open, blobProxy, tableProxy } = fixture();
    const wrongKey = Buffer.alloc(64, 7).toString('base64');
    const wrong = connectionString.replace(azuriteKey, wrongKey);
    const failing = await open();
    const part = await stagePart(failing.blobs, fresh('part'), 'x');
    blobProxy.fail(({ headers, url }) => ({
      kind: 'answer',
      status: 400,
      code: `Bad ${String(headers['authorization'])} ${String(headers['x-ms-copy-source'])} ${url}`.replace(
        /[&<>]/g,
        '&amp;',
      ),
    }));
    tableProxy.fail(() => ({ kind: 'answer', status: 400, code: 'InvalidInput' }));
    const errors = await Promise.all([
      errorOf(openStores({ kind: 'azure', connectionString: wrong }, { tries: 1 })),
      errorOf(openStores({ kind: 'azure', connectionString: `${wrong};broken` })),
      errorOf(openStores({ kind: 'azure', connectionString: wrong.replace('AccountKey=', 'AccountKey=?') })),
      errorOf(failing.blobs.commit('out', [part], { n: '1' })),
      errorOf(failing.blobs.write('a', 'x')),
      errorOf(failing.tables.get('p', 'a')),
      errorOf(openWithSignature('r').then((stores) => stores.blobs.list('')[Symbol.asyncIterator]().next())),
    ]);
    for (const error of errors) {
      const text = inspect(error, { depth: 20, showHidden: true });
      expect(error).toBeInstanceOf(Error);
      expect(text).not.toContain(azuriteKey);
      expect(text).not.toContain(wrongKey);
      expect(text).not.toMatch(/sig=(?!\*)/);
      expect(text).not.toMatch(/SharedKey(Lite)? (?!\*)/);
    }
  });

  function openWithSignature(permissions: string): ReturnType<typeof openStores> {
    const { blobProxy, tableProxy } = fixture();
    const credential = new StorageSharedKeyCredential(azuriteAccount, azuriteKey);
    const signature = generateAccountSASQueryParameters(
      {
        expiresOn: new Date(Date.now() + 3_600_000),
        permissions: AccountSASPermissions.parse(permissions),
        resourceTypes: AccountSASResourceTypes.parse('sco').toString(),
        services: AccountSASServices.parse('bt').toString(),
      },
      credential,
    ).toString();
    const connectionString = `BlobEndpoint=${blobProxy.url};TableEndpoint=${tableProxy.url};SharedAccessSignature=${signature}`;
    return openStores({ kind: 'azure', connectionString }, { tries: 2, firstDelay: 1 });
  }
});
