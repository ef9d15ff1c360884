import { utimesSync } from 'node:fs';
import { useWatchedFolder } from '../../support/useWatchedFolder';
import { useWorkspace } from '../../support/useWorkspace';
import { echoScript, Workspace } from '../../support/workspace';

describe('a trigger that makes each file a job', () => {
  const workspace = useWorkspace();
  const landing = useWatchedFolder(workspace);

  beforeAll(async () => {
    await workspace().endpoint('invoices', echoScript);
  });

  test('starts one job for a file that lands, by whom and for which version', async () => {
    await landing().trigger('each-file', 'invoices', { watch: { path: 'incoming' } });
    await landing().land('incoming/a.csv', '1');
    await landing().advance();
    const [job, ...others] = await landing().jobsOf('each-file');
    expect(others).toEqual([]);
    expect(job?.spec).toMatchObject({
      endpoint: 'invoices',
      deployment: 'main',
      inputUri: `azureml://datastores/${landing().datastore}/paths/incoming/a.csv`,
      startedBy: { type: 'trigger', name: 'each-file', lineage: [] },
    });
    expect(job?.spec.name).toMatch(/^each-file-[0-9a-f]{20}$/);
    expect(job?.spec.startedBy?.id).toMatch(/^incoming\/a\.csv@/);
    expect(landing().orchestrations.started).toEqual([`job-${job?.spec.key}`]);
    expect(landing().reports).toEqual([]);
  });

  test('scores a version once, however often and late its event comes, also to two hosts at once', async () => {
    await landing().trigger('doubled', 'invoices');
    const other = await Workspace.reopen(workspace().folder);
    const both = [workspace().services, other.services];
    landing().write('a.csv', '1');
    await Promise.all([...both, ...both].map((services) => landing().tell('a.csv', { services })));
    await Promise.all([...both, ...both].map((services) => landing().advance(services)));
    await landing().tell('a.csv');
    await landing().advance();
    expect(await landing().inputsOf('doubled')).toEqual(['a.csv']);
    expect(landing().orchestrations.started).toHaveLength(1);
    expect(await landing().statusOf('doubled')).toMatchObject({ filesTaken: 1, filesWaiting: 0 });
    await other.services.stores.close();
  });

  test('scores a file again that is replaced, and not for the late event of the version before', async () => {
    await landing().trigger('replaced', 'invoices');
    await landing().land('a.csv', '1');
    const first = landing().changedAt('a.csv');
    await landing().advance();
    await landing().land('a.csv', '22');
    await landing().tell('a.csv', { at: first });
    await landing().advance();
    expect(await landing().filesOf('replaced')).toEqual(['a.csv: job', 'a.csv: job']);
    expect(await landing().inputsOf('replaced')).toEqual(['a.csv', 'a.csv']);
  });

  test('of a file that is replaced before its job is made, scores the new version, also where its event is lost', async () => {
    await landing().trigger('overtaken', 'invoices');
    await landing().land('a.csv', '1');
    landing().write('a.csv', '22');
    await landing().advance();
    expect((await landing().filesOf('overtaken')).sort()).toEqual([
      'a.csv: TriggerFileReplaced',
      'a.csv: job',
    ]);
    expect(await landing().inputsOf('overtaken')).toEqual(['a.csv']);
  });

  test('says of a file that is gone before its job is made that it is gone, and scores the others', async () => {
    await landing().trigger('gone', 'invoices');
    await landing().land('a.csv', '1');
    await landing().land('b.csv', '1');
    landing().remove('a.csv');
    await landing().advance();
    expect((await landing().filesOf('gone')).sort()).toEqual(['a.csv: TriggerFileGone', 'b.csv: job']);
  });

  test('of a file that is gone when its event comes, says so once', async () => {
    await landing().trigger('late', 'invoices');
    const event = { at: new Date(Date.now() + 1_000), etag: '0x8D4BCC2E4835CD0' };
    await landing().tell('a.csv', event);
    await landing().tell('a.csv', event);
    expect(await landing().filesOf('late')).toEqual(['a.csv: TriggerFileGone']);
  });

  test('scores a file of no bytes', async () => {
    await landing().trigger('empty', 'invoices');
    await landing().land('a.csv', '');
    await landing().advance();
    const [job] = await landing().jobsOf('empty');
    if (job === undefined) throw new Error('There is no job.');
    expect((await workspace().run(job)).run).toMatchObject({ state: 'Completed', progress: { files: 1 } });
  });

  test('wants what its patterns want below its folder, and no file that was there before it', async () => {
    const old = new Date(Date.now() - 60_000);
    utimesSync(landing().write('in/old.csv', '1'), old, old);
    await landing().trigger('choosy', 'invoices', {
      watch: { path: 'in', include: ['*.csv'], exclude: ['tmp/**'] },
    });
    await landing().tell('in/old.csv', { at: old });
    for (const path of ['in/a.csv', 'in/b.txt', 'in/tmp/c.csv', 'in/deep/d.csv', 'inside.csv', 'e.csv'])
      await landing().land(path, '1');
    await landing().advance();
    expect(await landing().inputsOf('choosy')).toEqual(['in/a.csv', 'in/deep/d.csv']);
  });

  test('scores names with spaces, signs and letters of all alphabets', async () => {
    await landing().trigger('names', 'invoices');
    const names = ['a b.csv', '50%.csv', '송장.csv', 'c#d+e&f.csv'];
    for (const name of names) await landing().land(name, '1');
    await landing().advance();
    expect(await landing().inputsOf('names')).toEqual([...names].sort());
  });

  test('shares its files with another trigger over the same folder: each scores once', async () => {
    await landing().trigger('share-one', 'invoices');
    await landing().trigger('share-two', 'invoices', { watch: { path: 'in' } });
    await landing().land('in/a.csv', '1');
    await landing().advance();
    expect(await landing().inputsOf('share-one')).toEqual(['in/a.csv']);
    expect(await landing().inputsOf('share-two')).toEqual(['in/a.csv']);
  });

  test('writes where its template says, with the overrides that it has', async () => {
    const results = `azureml://datastores/${landing().datastore}/paths/out/{trigger}/{date}/{path}/{name}.jsonl`;
    await landing().trigger('templated', 'invoices', {
      watch: { path: 'in' },
      output: results,
      overrides: { miniBatchSize: 7 },
    });
    await landing().land('in/2026/07/a.b.csv', '1');
    await landing().land('in/c', '1');
    await landing().advance();
    const date = landing().changedAt('in/c').toISOString().slice(0, 10);
    const jobs = await landing().jobsOf('templated');
    expect(jobs.map(({ spec: { output, settings } }) => [output, settings.miniBatchSize])).toEqual([
      [expect.objectContaining({ folder: `out/templated/${date}/2026/07`, fileName: 'a.b.jsonl' }), 7],
      [expect.objectContaining({ folder: `out/templated/${date}`, fileName: 'c.jsonl' }), 7],
    ]);
  });

  test('says of a file whose output is there already why it is not scored', async () => {
    await landing().trigger('taken', 'invoices', {
      watch: { path: 'in' },
      output: `azureml://datastores/${landing().datastore}/paths/out/{name}.csv`,
    });
    landing().write('out/a.csv', 'older');
    await landing().land('in/a.csv', '1');
    await landing().land('in/b.csv', '1');
    await landing().advance();
    expect((await landing().filesOf('taken')).sort()).toEqual(['in/a.csv: OutputExists', 'in/b.csv: job']);
    expect(await landing().statusOf('taken')).toMatchObject({ state: 'Active', filesTaken: 1 });
  });
});
