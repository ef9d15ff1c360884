import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Job } from '../../../shared/jobs/jobStore';
import { FileServer } from '../../support/fileServer';
import { useWorkspace } from '../../support/useWorkspace';

const tellsFiles = `
import os
def run(mini_batch):
    return [os.sep.join(path.split(os.sep)[-2:]) for path in mini_batch]
`;

describe('patterns choose the files of', () => {
  const workspace = useWorkspace();
  let server: FileServer;
  const names = ['in/a.csv', 'in/b.txt', 'in/old/c.csv', 'in/new/d.csv', 'in/new/e.CSV'];

  beforeAll(async () => {
    await workspace().endpoint('chosen', tellsFiles, { miniBatchSize: 10 });
    server = await FileServer.start();
    for (const name of names) {
      workspace().write(name, name);
      server.put(name, name);
    }
  });

  afterAll(() => server.stop());

  const invoke = (input: string, inputFilter: object): Promise<Job> =>
    workspace().invoke('chosen', '/', { dataset: { dataInputType: 'DataUrl', path: input }, inputFilter });

  const scored = async (input: string, inputFilter: object): Promise<Job> =>
    workspace().run(await invoke(input, inputFilter));

  async function rows(job: Job): Promise<string[]> {
    expect(job.run.error).toBeUndefined();
    return (await workspace().predictions(job)).trim().split('\n');
  }

  const local = (name: string): string => pathToFileURL(join(workspace().folder, name)).href;

  test('a folder of this machine', async () => {
    const job = await scored(local('in'), { include: ['*.csv'], exclude: ['old/'] });
    expect(await rows(job)).toEqual(['in/a.csv', 'new/d.csv']);
    expect(job.run.plan?.files).toBe(2);
    expect(job.run.warnings).toEqual([]);
  });

  test('a folder of a public container', async () => {
    const job = await scored(`${server.url}/account/container/in`, { include: ['new/**', '/b.*'] });
    expect(await rows(job)).toEqual(['input/b.txt', 'new/d.csv', 'new/e.CSV']);
  });

  test('a datastore', async () => {
    const store = workspace().services.stores.container('workspaceblobstore');
    for (const name of names) await store.write(`data/${name}`, name);
    const input = 'azureml://datastores/workspaceblobstore/paths/data/in';
    expect(await rows(await scored(input, { exclude: ['*.csv', '*.CSV'] }))).toEqual(['in/b.txt']);
  });

  test('one file too', async () => {
    expect(await rows(await scored(local('in/a.csv'), { include: ['*.csv'] }))).toEqual(['in/a.csv']);
    const { run } = await scored(local('in/b.txt'), { include: ['*.csv'] });
    expect(run.error).toMatchObject({ code: 'InputFilterEmpty' });
  });

  test('an input of which they leave nothing, which is an error with the count and the patterns', async () => {
    const { run } = await scored(local('in'), { include: ['*.png'], exclude: ['a*'] });
    expect(run.error).toMatchObject({ code: 'InputFilterEmpty' });
    expect(run.error?.message).toContain(
      `The patterns leave none of the 5 files of the input '${local('in')}'`,
    );
    expect(run.error?.message).toContain(': include *.png, exclude a*.');
    expect(run.progress.tries).toBe(0);
  });

  test('an input that lies in folders which are left out as a whole, and refuse it at once', async () => {
    await expect(invoke(local('in/old'), { exclude: ['c.csv'] })).resolves.toBeDefined();
    workspace().write('deep/old/a.csv', '1');
    await expect(invoke(local('deep'), { exclude: ['old/'] })).rejects.toMatchObject({
      code: 'InputFilterEmpty',
      message: expect.stringContaining('The patterns leave none of the files of the input') as string,
    });
  });

  test('an input in which one matches nothing, which is a warning', async () => {
    const job = await scored(local('in'), { include: ['*.csv', '*.tsv'] });
    expect(await rows(job)).toHaveLength(3);
    expect(job.run.warnings).toEqual([
      "The pattern '*.tsv' of include matches none of the 5 files of the input.",
    ]);
  });

  test('no job where one cannot be used', async () => {
    await expect(invoke(local('in'), { include: ['a['] })).rejects.toMatchObject({
      code: 'InputPatternInvalid',
      message: expect.stringContaining("The pattern 'a[' of include cannot be used") as string,
    });
  });

  test('a folder with what cannot be read in what is left out', async () => {
    workspace().write('partly/a.csv', '1');
    const folder = join(workspace().folder, 'partly');
    symlinkSync('/dev/null', join(folder, 'device.csv'));
    mkdirSync(join(folder, 'secret'));
    symlinkSync('/dev/zero', join(folder, 'secret', 'zero'));
    chmodSync(join(folder, 'secret'), 0);
    try {
      // The invocation looks whether there is anything, before it is known what is left out.
      const job = await scored(local('partly'), { exclude: ['secret/', 'device.*'] });
      expect(await rows(job)).toEqual(['partly/a.csv']);
    } finally {
      chmodSync(join(folder, 'secret'), 0o700);
    }
  });
});
