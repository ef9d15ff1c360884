import { restBodies } from '../../../shared/schemas/restBodies';
import { useWorkspace } from '../../support/useWorkspace';

const service = 'https://localhost:7443/batchpoint.blob.local';

describe.each(['models', 'codes'] as const)('a version of %s that comes from an upload', (kind) => {
  const workspace = useWorkspace({ BATCHPOINT_BLOB_SERVICE: service });

  const register = (name: string, uri: string): Promise<{ asset: { digest: string }; created: boolean }> => {
    const { registry } = workspace().services;
    return kind === 'models'
      ? registry.models.register(name, '1', restBodies.modelVersion({ properties: { modelUri: uri } }))
      : registry.codes.register(name, '1', restBodies.codeVersion({ properties: { codeUri: uri } }));
  };

  async function uploaded(container: string): Promise<string> {
    const { stores } = workspace().services;
    await stores.makeContainer(container);
    await stores.container(container).write('content/file.txt', `what ${container} has`);
    return `${service}/${container}/content`;
  }

  test('is found by whoever has lost the answer, though the upload is gone', async () => {
    const uri = await uploaded(`upload-${kind}-1`);
    const { asset, created } = await register('found', uri);
    expect(created).toBe(true);
    expect(await workspace().services.stores.container(`upload-${kind}-1`).stat('content/file.txt')).toBe(
      undefined,
    );
    expect(await register('found', uri)).toEqual({ asset, created: false });
  });

  test('is not the answer to another upload, or to a place where nothing is', async () => {
    await register('other', await uploaded(`upload-${kind}-2`));
    for (const uri of [
      `${service}/upload-${kind}-1/content`,
      `${service}/upload-nobody/content`,
      'azureml://datastores/workspaceblobstore/paths/nothing',
    ])
      await expect(register('other', uri)).rejects.toMatchObject({ code: 'AssetPathMissing' });
    await expect(register('other', await uploaded(`upload-${kind}-3`))).rejects.toMatchObject({
      code: 'VersionExists',
    });
  });
});
