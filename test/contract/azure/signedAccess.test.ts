import { ContainerClient } from '@azure/storage-blob';
import { azuriteAccount, azuriteKey } from '../../support/azurite';
import { namesIn, textOf } from '../blobs/contents';
import { fresh } from '../openedStores';
import { azureFixture } from './azureFixture';

describe('a signature for a container of an account', () => {
  const fixture = azureFixture();
  const inAnHour = (): Date => new Date(Date.now() + 3_600_000);

  test('of the account of the app lets a client upload into a container that was made for that', async () => {
    const stores = await fixture().open();
    const name = fresh('upload');
    await stores.makeContainer(name);
    const signature = (await stores.service?.sign(name, 'racwdl', inAnHour())) ?? '';
    const client = new ContainerClient(`${stores.service?.url ?? ''}/${name}?${signature}`);
    await client.getBlockBlobClient('code/score.py').upload('run', 3);
    expect(await namesIn(stores.container(name))).toEqual(['code/score.py']);
    await stores.removeContainer(name);
    await expect(client.getBlobClient('code/score.py').getProperties()).rejects.toMatchObject({
      statusCode: 404,
    });
    await stores.removeContainer(name);
  });

  test('of the account of a datastore allows what it says, and nothing in another container', async () => {
    const stores = await fixture().open();
    const [name, other] = [fresh('datastore'), fresh('other')];
    for (const one of [name, other]) await stores.makeContainer(one);
    await stores.container(name).write('input/a', 'content');
    const place = { serviceUrl: fixture().blobProxy.url, container: name };
    const service = await stores.azureService({
      ...place,
      accountName: azuriteAccount,
      accountKey: azuriteKey,
    });
    const signature = await service.sign(name, 'rl', inAnHour());
    const reader = await stores.azureContainer({
      ...place,
      accountName: azuriteAccount,
      sasToken: signature,
    });
    expect(await textOf(reader, 'input/a')).toBe('content');
    await expect(reader.write('input/b', 'x')).rejects.toMatchObject({ code: 'StoreForbidden' });
    const elsewhere = { ...place, container: other, accountName: azuriteAccount, sasToken: signature };
    await expect((await stores.azureContainer(elsewhere)).stat('x')).rejects.toMatchObject({
      code: 'StoreForbidden',
    });
  });
});
