import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isFailure } from '../../../shared/errors/batchpointError';
import type { Models } from '../../../shared/registry/models';
import type { AssetVersion } from '../../../shared/registry/versionedAssets';
import { restBodies } from '../../../shared/schemas/restBodies';
import { useWorkspace } from '../../support/useWorkspace';

describe('a version that was made by somebody who died at once', () => {
  const workspace = useWorkspace();
  const body = (dataUri: string): ReturnType<typeof restBodies.dataVersion> =>
    restBodies.dataVersion({ properties: { dataType: 'uri_file', dataUri } });

  /** Makes version 2 and leaves the asset as it was, as a process does that dies between the two. */
  async function halfMade(name: string): Promise<void> {
    const { registry, stores } = workspace().services;
    const { asset } = await registry.data.register(name, '1', body('https://example.com/1'));
    const value: AssetVersion<unknown> = { ...asset, version: '2', digest: 'of the dead' };
    await stores.tables.commit(`data:${name}`, [{ kind: 'insert', row: '2', value }]);
    expect(await registry.data.versions.containers.get(name)).toMatchObject({
      latestVersion: '1',
      nextVersion: '2',
    });
  }

  test('does not keep others from ever getting the next number', async () => {
    const { data } = workspace().services.registry;
    await halfMade('half');
    const refused = await data
      .register('half', '2', body('https://example.com/2'))
      .catch((error: unknown) => error);
    expect(isFailure(refused, 'VersionExists')).toBe(true);
    const { nextVersion } = await data.versions.containers.get('half');
    expect(nextVersion).toBe('3');
    expect((await data.register('half', nextVersion, body('https://example.com/2'))).created).toBe(true);
  });
});

describe('a version that was archived or removed by somebody who died at once', () => {
  const workspace = useWorkspace();

  test.each(['archived', 'removed'] as const)('and so is %s, is not the newest one', async (what) => {
    const { registry, stores } = workspace().services;
    const { versions } = registry.data;
    for (const version of ['1', '2']) {
      const dataUri = `https://example.com/${version}`;
      const body = restBodies.dataVersion({ properties: { dataType: 'uri_file', dataUri } });
      await registry.data.register(what, version, body);
    }
    const { asset, etag } = await versions.stored({ name: what });
    expect(asset.version).toBe('2');
    const value = { ...asset, value: { ...asset.value, isArchived: true } };
    await stores.tables.commit(`data:${what}`, [
      what === 'removed' ? { kind: 'remove', row: '2', etag } : { kind: 'replace', row: '2', etag, value },
    ]);
    expect((await versions.get({ name: what })).version).toBe('1');
    expect((await versions.containers.get(what)).latestVersion).toBe('1');
  });
});

describe('the links in the folder of an asset', () => {
  const workspace = useWorkspace();

  function register(name: string): ReturnType<Models['register']> {
    const { models } = workspace().services.registry;
    const modelUri = pathToFileURL(join(workspace().folder, name)).href;
    return models.register(name, '1', restBodies.modelVersion({ properties: { modelUri } }));
  }

  test('are followed, and a loop of them ends', async () => {
    workspace().write('loop/sub/model.txt', 'a model');
    symlinkSync('..', join(workspace().folder, 'loop/sub/up'));
    const { asset } = await register('loop');
    expect(asset.value.content.files).toBe(1);
  });

  test('are named where they lead nowhere, or back to themselves', async () => {
    for (const [name, target, reason] of [
      ['nowhere', 'missing', 'it is a link that leads nowhere'],
      ['itself', 'link', 'it is a link that leads back to itself'],
    ] as const) {
      workspace().write(`${name}/model.txt`, 'a model');
      const link = join(workspace().folder, name, 'link');
      symlinkSync(target, link);
      const refused = register(name);
      await expect(refused).rejects.toMatchObject({ code: 'AssetPathMissing' });
      await expect(refused).rejects.toThrow(`${link} (${reason})`);
    }
  });
});
