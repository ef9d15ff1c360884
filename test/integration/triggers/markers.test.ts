import { useWatchedFolder } from '../../support/useWatchedFolder';
import { useWorkspace } from '../../support/useWorkspace';
import { echoScript } from '../../support/workspace';

describe('a trigger that waits for a marker', () => {
  const workspace = useWorkspace();
  const landing = useWatchedFolder(workspace);
  const marker = { type: 'marker', name: '_SUCCESS' } as const;

  beforeAll(async () => {
    await workspace().endpoint('marked', echoScript);
  });

  test('scores the folder of the marker, with its patterns and without the marker', async () => {
    const output = `azureml://datastores/${landing().datastore}/paths/out/{path}/{name}.csv`;
    await landing().trigger('folders', 'marked', {
      watch: { path: 'in', include: ['*.csv'] },
      batching: marker,
      output,
    });
    for (const path of ['in/2026/07/a.csv', 'in/2026/07/deep/b.csv', 'in/2026/07/c.txt', 'in/2026/08/d.csv'])
      await landing().land(path, path);
    await landing().advance();
    expect(await landing().jobsOf('folders')).toEqual([]);
    await landing().land('in/2026/07/_SUCCESS', '');
    await landing().advance();
    const [job, ...others] = await landing().jobsOf('folders');
    if (job === undefined) throw new Error('There is no job.');
    expect(others).toEqual([]);
    expect(job.spec.output).toMatchObject({ folder: 'out/2026', fileName: '07.csv' });
    const ended = await workspace().run(job);
    expect(ended.run).toMatchObject({ state: 'Completed', progress: { files: 2 } });
    expect(await landing().filesOf('folders')).toEqual(['in/2026/07/_SUCCESS: job']);
  });

  test('takes a marker in the watched folder itself, and characters in its name as they are', async () => {
    const name = 'done[1]*{x}';
    await landing().trigger('at-the-top', 'marked', { batching: { type: 'marker', name } });
    await landing().land('a.csv', '1');
    await landing().land(name, '');
    await landing().advance();
    const [job] = await landing().jobsOf('at-the-top');
    if (job === undefined) throw new Error('There is no job.');
    expect((await workspace().run(job)).run.progress.files).toBe(1);
  });

  test('makes a job that fails of a folder with nothing in it but the marker, as there is nothing to score', async () => {
    await landing().trigger('hollow', 'marked', { batching: marker });
    await landing().land('empty/_SUCCESS', '');
    await landing().advance();
    const [job] = await landing().jobsOf('hollow');
    if (job === undefined) throw new Error('There is no job.');
    expect((await workspace().run(job)).run.error?.code).toBe('InputFilterEmpty');
  });

  test('heeds no marker in a folder that is left out', async () => {
    await landing().trigger('elsewhere', 'marked', { watch: { exclude: ['tmp/**'] }, batching: marker });
    await landing().land('tmp/_SUCCESS', '');
    expect(await landing().filesOf('elsewhere')).toEqual([]);
  });
});
