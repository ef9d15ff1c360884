import { pathToFileURL } from 'node:url';
import { restBodies } from '../../../shared/schemas/restBodies';
import { useWorkspace } from '../../support/useWorkspace';

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
