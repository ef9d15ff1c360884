import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { restBodies } from '../../../shared/schemas/restBodies';
import { useWorkspace } from '../../support/useWorkspace';
import { echoScript } from '../../support/workspace';

describe('an input', () => {
  const workspace = useWorkspace();

  beforeAll(async () => {
    await workspace().endpoint('echo', echoScript);
  });

  const dataset = (path: string): object => ({ dataset: { dataInputType: 'DataUrl', path } });

  async function scored(properties: object): Promise<string> {
    const job = await workspace().run(await workspace().invoke('echo', '/', properties));
    expect(job.run.error).toBeUndefined();
    return workspace().predictions(job);
  }

  test('may be a folder, or a file, of a datastore', async () => {
    const store = workspace().services.stores.container('workspaceblobstore');
    for (const name of ['in/a.txt', 'in/deep/b.txt', 'inside/c.txt']) await store.write(name, name);
    expect(await scored(dataset('azureml://datastores/workspaceblobstore/paths/in'))).toBe(
      'in/a.txt\nin/deep/b.txt\n',
    );
    expect(await scored(dataset('azureml://datastores/workspaceblobstore/paths/in/a.txt'))).toBe(
      'in/a.txt\n',
    );
  });

  test('may be a folder of this machine that is a datastore', async () => {
    const folder = workspace().inputs(2);
    const body = { properties: { datastoreType: 'LocalFolder', folder } };
    await workspace().services.registry.datastores.register('mine', restBodies.datastore(body));
    expect(await scored(dataset('azureml://datastores/mine/paths/'))).toBe('0\n1\n');
  });

  test('may be registered data, and the newest version of it', async () => {
    const { data } = workspace().services.registry;
    for (const [version, count] of [
      ['1', 1],
      ['2', 3],
    ] as const) {
      const dataUri = `file://${workspace().inputs(count)}`;
      await data.register('numbers', version, restBodies.dataVersion({ properties: { dataUri } }));
    }
    const named = {
      dataset: { dataInputType: 'DatasetVersion', datasetName: 'numbers', datasetVersion: '1' },
    };
    expect(await scored(named)).toBe('0\n');
    expect(
      await scored({
        inputData: { x: { jobInputType: 'UriFolder', uri: 'azureml:numbers@latest' } },
        dataset: undefined,
      }),
    ).toBe('0\n1\n2\n');
  });

  test.each([
    ['a local path that does not exist', (folder: string) => `file://${folder}/missing`, 'InputNotFound'],
    ['an empty folder', (folder: string) => `file://${folder}/empty`, 'InputEmpty'],
    ['a datastore that does not exist', () => 'azureml://datastores/nowhere/paths/x', 'ResourceNotFound'],
    [
      'a path that a datastore does not have',
      () => 'azureml://datastores/workspaceblobstore/paths/nothing',
      'InputNotFound',
    ],
    ['data that is not registered', () => 'azureml:nothing:1', 'ResourceNotFound'],
    ['a device', () => 'file:///dev/null', 'InputUnreadable'],
    ['no URI', () => 'just/a/path', 'UriInvalid'],
  ])('that is %s is refused before there is a job', async (_what, path, code) => {
    mkdirSync(join(workspace().folder, 'empty'), { recursive: true });
    await expect(workspace().invoke('echo', '/', dataset(path(workspace().folder)))).rejects.toMatchObject({
      code,
    });
    const page = await workspace().services.index.page({ endpoint: 'echo' }, 100);
    const jobs = await Promise.all(page.names.map((name) => workspace().services.jobs.get(name)));
    expect(jobs.every(({ run }) => run.state === 'Completed')).toBe(true);
  });
});
