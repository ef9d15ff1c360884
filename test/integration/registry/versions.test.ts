import { isFailure } from '../../../shared/errors/batchpointError';
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
    expect(await registry.data.versions.container(name)).toMatchObject({
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
    const { nextVersion } = await data.versions.container('half');
    expect(nextVersion).toBe('3');
    expect((await data.register('half', nextVersion, body('https://example.com/2'))).created).toBe(true);
  });
});
