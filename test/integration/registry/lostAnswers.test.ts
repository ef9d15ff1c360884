import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { failure, type BatchpointError } from '../../../shared/errors/batchpointError';
import { Registry } from '../../../shared/registry/registry';
import { restBodies } from '../../../shared/schemas/restBodies';
import { lossyTables } from '../../support/lossyTables';
import { useWorkspace } from '../../support/useWorkspace';

/** What the answer to the insert of a version is lost to. */
type Loss = (partition: string, row: string) => BatchpointError;

const conflict: Loss = (partition, row) => failure('RowConflict', { partition, row });
const unavailable: Loss = () => failure('StoreUnavailable', { store: 'https://x', reason: 'it was silent' });

describe('a version whose insert was made, but not answered', () => {
  const workspace = useWorkspace();
  let counter = 0;

  /** A registry whose store loses the answer to each insert of a version. */
  function lossyRegistry(loss: Loss): Registry {
    const { folder, services } = workspace();
    const tables = lossyTables(services.stores.tables, (partition, { kind, row }) =>
      kind === 'insert' && partition.includes(':') ? loss(partition, row) : undefined,
    );
    return new Registry({
      tables,
      blobs: services.stores.blobs,
      localFiles: true,
      sources: services.registry.sources,
      scratch: services.scratch,
      cache: join(folder, 'cache'),
      now: services.now,
      newId: services.newId,
    });
  }

  function model(content = 'a model'): Parameters<Registry['models']['register']>[2] {
    const path = workspace().write(`model-${counter++}/model.txt`, content);
    return restBodies.modelVersion({ properties: { modelUri: pathToFileURL(path).href } });
  }

  const blobsOf = async (name: string): Promise<number> => {
    let count = 0;
    for await (const page of workspace().services.stores.blobs.list(`assets/models/${name}/`))
      count += page.length;
    return count;
  };

  async function expectWhole(name: string): Promise<void> {
    const { registry } = workspace().services;
    const { value } = await registry.models.versions.get({ name, version: '1' });
    await expect(registry.folders.folder({ kind: 'model', name, content: value.content })).resolves.toContain(
      name,
    );
  }

  test('and met itself when it was sent again, is made, with its content', async () => {
    const registry = lossyRegistry(conflict);
    const { created } = await registry.models.register('met', '1', model());
    expect(created).toBe(true);
    await expectWhole('met');
    expect(await registry.models.versions.containers.get('met')).toMatchObject({ nextVersion: '2' });
  });

  test('and is not known of, keeps its content', async () => {
    const registry = lossyRegistry(unavailable);
    await expect(registry.models.register('unknown', '1', model())).rejects.toMatchObject({
      code: 'StoreUnavailable',
    });
    await expectWhole('unknown');
  });

  test('leaves to others that register the same, or something else, only its own content', async () => {
    const registry = lossyRegistry(conflict);
    await registry.models.register('one', '1', model());
    const blobs = await blobsOf('one');
    expect((await registry.models.register('one', '1', model())).created).toBe(false);
    await expect(registry.models.register('one', '1', model('other'))).rejects.toMatchObject({
      code: 'VersionExists',
    });
    expect(await blobsOf('one')).toBe(blobs);
    await expectWhole('one');
  });

  test('of a number that cannot be one takes no content in', async () => {
    const { registry } = workspace().services;
    await expect(registry.models.register('odd', 'no/version', model())).rejects.toMatchObject({
      code: 'NameInvalid',
    });
    expect(await blobsOf('odd')).toBe(0);
  });
});
