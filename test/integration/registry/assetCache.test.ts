import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { takeIn, type AssetContent } from '../../../shared/registry/assetContent';
import { AssetFolders } from '../../../shared/registry/assetFolders';
import { openStores } from '../../../shared/stores/openStores';
import type { Stores } from '../../../shared/stores/stores';
import { startAzurite, type Azurite } from '../../support/azurite';
import { useWorkspace } from '../../support/useWorkspace';

describe('the cache of assets that are not on this machine', () => {
  const workspace = useWorkspace();
  let azurite: Azurite;
  let stores: Stores;
  let content: AssetContent;
  let cache: string;

  beforeAll(async () => {
    azurite = await startAzurite();
    stores = await openStores({ kind: 'azure', connectionString: azurite.connectionString });
    for (const name of ['MLmodel', 'data/weights', 'data/labels']) workspace().write(`model/${name}`, name);
    content = await takeIn(
      stores.blobs,
      { path: join(workspace().folder, 'model'), kind: 'model', name: 'm' },
      { prefix: 'assets/models/m/1/', scratch: join(workspace().folder, 'taking') },
    );
    cache = join(workspace().folder, 'cache');
  });

  afterAll(async () => {
    await stores.close();
    await azurite.stop();
  });

  /** What a process that starts now is given. */
  const given = (): Promise<string> =>
    new AssetFolders(stores.blobs, cache).folder({ kind: 'model', name: 'm', content });

  async function expectWhole(folder: string): Promise<void> {
    for (const name of ['MLmodel', 'data/weights', 'data/labels'])
      expect(readFileSync(join(folder, 'model', name), 'utf8')).toBe(name);
    expect(await readdir(cache)).toEqual([content.digest]);
  }

  test('gives the files as they were registered, to several at once', async () => {
    for (const folder of await Promise.all([given(), given(), given()])) await expectWhole(folder);
  });

  test('is mended where files are gone, cut short or changed since another process filled it', async () => {
    const folder = await given();
    rmSync(join(folder, 'model/data'), { recursive: true });
    writeFileSync(join(folder, 'model/MLmodel'), 'MLm');
    await expectWhole(await given());
    writeFileSync(join(folder, 'model/data/weights'), 'WEIGHTS');
    await expectWhole(await given());
  });

  test('keeps what is there besides, as Python puts its compiled files there', async () => {
    const folder = await given();
    writeFileSync(join(folder, 'model/data/score.pyc'), 'compiled');
    await expectWhole(await given());
    expect(readFileSync(join(folder, 'model/data/score.pyc'), 'utf8')).toBe('compiled');
  });

  test('gives out nothing where the store itself no longer has what was registered', async () => {
    const folder = await given();
    await stores.blobs.write('assets/models/m/1/model/MLmodel', 'another');
    await expectWhole(await given());
    rmSync(join(folder, 'model/MLmodel'));
    await expect(given()).rejects.toMatchObject({ code: 'AssetDamaged' });
  });
});
