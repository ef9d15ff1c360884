import { isFailure } from '../../../shared/errors/batchpointError';
import { useWatchedFolder } from '../../support/useWatchedFolder';
import { useWorkspace } from '../../support/useWorkspace';
import { echoScript, Workspace } from '../../support/workspace';

/** A window that is over as soon as it is looked at. */
const atOnce = { type: 'window', seconds: 0, files: 1_000 } as const;
/** A window that is over once it is full. */
const whenFull = (files: number): { type: 'window'; seconds: number; files: number } => ({
  type: 'window',
  seconds: 86_400,
  files,
});

describe('a trigger that makes the files of a window one job', () => {
  const workspace = useWorkspace();
  const landing = useWatchedFolder(workspace);

  beforeAll(async () => {
    await workspace().endpoint('windows', echoScript);
  });

  test('scores all files of the window, and no others that lie beside them, with paths below the watched folder', async () => {
    await landing().trigger('by-time', 'windows', { watch: { path: 'in' }, batching: atOnce });
    landing().write('in/quiet.csv', 'nobody told of this one');
    for (const path of ['in/b/2.csv', 'in/a.csv', 'in/c.csv']) await landing().land(path, path);
    await landing().advance();
    const [job, ...others] = await landing().jobsOf('by-time');
    if (job === undefined) throw new Error('There is no job.');
    expect(others).toEqual([]);
    expect(job.spec.startedBy?.id).toBe('window 1');
    const ended = await workspace().run(job);
    expect(ended.run).toMatchObject({ state: 'Completed', progress: { files: 3 } });
    const rows = (await workspace().predictions(ended)).trim().split('\n');
    expect(rows.map((row) => row.split(' ')[0]).sort()).toEqual(['in/a.csv', 'in/b/2.csv', 'in/c.csv']);
  });

  test('scores files whatever characters are in their names', async () => {
    await landing().trigger('odd-names', 'windows', { batching: atOnce });
    const names = ['line\u2028end.csv', 'paragraph\u2029end.csv', 'next\u0085line.csv', 'a #?%.csv'];
    for (const name of names) await landing().land(name, '1');
    await landing().advance();
    const [job] = await landing().jobsOf('odd-names');
    if (job === undefined) throw new Error('There is no job.');
    const ended = await workspace().run(job);
    expect(ended.run).toMatchObject({ state: 'Completed', progress: { files: 4, failedFiles: 0 } });
    expect((await landing().filesOf('odd-names')).sort()).toEqual(names.map((name) => `${name}: job`).sort());
  });

  test('keeps to the files of a window that is closed, also where its trigger makes each file a job from then on', async () => {
    const { registry } = workspace().services;
    const endpoint = await registry.endpoints.get('windows');
    await landing().trigger('rebatched', 'windows', { batching: atOnce });
    await registry.endpoints.remove('windows');
    for (const path of ['a.csv', 'b.csv']) await landing().land(path, '1');
    await landing().advance();
    expect(await landing().statusOf('rebatched')).toMatchObject({ state: 'Degraded', filesWaiting: 2 });
    await registry.endpoints.put('windows', endpoint.value);
    await landing().changed('rebatched', { batching: { type: 'each' } });
    await landing().land('c.csv', '1');
    await landing().advance();
    await landing().changed('rebatched', { batching: atOnce });
    await landing().land('d.csv', '1');
    await landing().advance();
    const jobs = await landing().jobsOf('rebatched');
    const started = jobs.map(({ spec }) => spec.startedBy?.id.replace(/@.*/, ''));
    expect(started.sort()).toEqual(['c.csv', 'window 1', 'window 2']);
    expect(await landing().statusOf('rebatched')).toMatchObject({ filesTaken: 4, filesWaiting: 0 });
  });

  test('closes a window that is full, and leaves the rest to the next one', async () => {
    await landing().trigger('by-count', 'windows', { batching: whenFull(2) });
    await landing().land('a.csv', '1');
    await landing().advance();
    expect(await landing().jobsOf('by-count')).toEqual([]);
    for (const path of ['b.csv', 'c.csv', 'd.csv', 'e.csv']) await landing().land(path, '1');
    await landing().advance();
    const jobs = await landing().jobsOf('by-count');
    expect(jobs.map(({ spec }) => spec.startedBy?.id).sort()).toEqual(['window 1', 'window 2']);
    const status = await landing().statusOf('by-count');
    expect(status).toMatchObject({ filesTaken: 4, filesWaiting: 1 });
  });

  test('makes one job for a window that two hosts close at once', async () => {
    await landing().trigger('raced', 'windows', { batching: atOnce });
    const other = await Workspace.reopen(workspace().folder);
    for (const path of ['a.csv', 'b.csv', 'c.csv']) await landing().land(path, '1');
    await Promise.all([landing().advance(), landing().advance(other.services)]);
    await landing().advance();
    expect(await landing().jobsOf('raced')).toHaveLength(1);
    expect((await landing().statusOf('raced')).filesTaken).toBe(3);
    await other.services.stores.close();
  });

  test('is looked at again by a host that notes its files only once it is full, or its time is over', async () => {
    const { services } = workspace();
    const trigger = await landing().trigger('filling', 'windows', { batching: whenFull(3) });
    const { orchestrations, reports } = landing();
    const report = (_trigger: string, error: unknown): void => void reports.push(error);
    const looks = jest.spyOn(services.registry.triggers, 'find');
    const looked: number[] = [];
    for (const path of ['a.csv', 'b.csv', 'c.csv', 'd.csv']) {
      await landing().land(path, '1');
      await services.triggerAdvance.advance([trigger], { orchestrations, milliseconds: 60_000, report });
      looked.push(looks.mock.calls.length);
      looks.mockClear();
    }
    looks.mockRestore();
    expect(looked.map((count) => count > 0)).toEqual([true, false, true, true]);
    expect(await landing().jobsOf('filling')).toHaveLength(1);
    expect(await landing().statusOf('filling')).toMatchObject({ filesTaken: 3, filesWaiting: 1 });
  });

  test('leaves out what is gone when its list is made, and fails what is gone after that', async () => {
    await landing().trigger('thinned', 'windows', { batching: atOnce });
    for (const path of ['a.csv', 'b.csv', 'c.csv']) await landing().land(path, '1');
    landing().remove('a.csv');
    await landing().advance();
    landing().remove('b.csv');
    const [job] = await landing().jobsOf('thinned');
    if (job === undefined) throw new Error('There is no job.');
    const ended = await workspace().run(job);
    expect(ended.run.progress).toMatchObject({ files: 2, failedFiles: 1 });
    expect((await landing().filesOf('thinned')).sort()).toEqual([
      'a.csv: TriggerFileGone',
      'b.csv: job',
      'c.csv: job',
    ]);
  });

  test('makes no job where all files of the window are gone', async () => {
    await landing().trigger('vanished', 'windows', { batching: atOnce });
    await landing().land('a.csv', '1');
    landing().remove('a.csv');
    await landing().advance();
    expect(await landing().jobsOf('vanished')).toEqual([]);
    expect(await landing().filesOf('vanished')).toEqual(['a.csv: TriggerFileGone']);
  });

  test('names outputs by the time and the number of the window', async () => {
    const output = `azureml://datastores/${landing().datastore}/paths/out/{name}.csv`;
    await landing().trigger('numbered', 'windows', { watch: { path: 'in' }, batching: atOnce, output });
    await landing().land('in/a.csv', '1');
    await landing().advance();
    const [job] = await landing().jobsOf('numbered');
    expect(job?.spec.output.fileName).toMatch(/^\d{8}T\d{6}Z-1\.csv$/);
  });

  test('does the files of a window again whole, also once the first job of them is asked to go', async () => {
    await landing().trigger('again', 'windows', { batching: atOnce });
    await landing().land('a.csv', '1');
    await landing().land('b.csv', '2');
    await landing().advance();
    const [job] = await landing().jobsOf('again');
    if (job === undefined) throw new Error('There is no job.');
    await workspace().run(job);
    landing().write('c.csv', 'not of the window');
    const again = await workspace().rerun(job, 'all');
    const users = [];
    for await (const { name } of workspace().services.index.usersOf(job.spec.key)) users.push(name);
    expect(users).toEqual([again.spec.name]);
    expect((await workspace().run(again)).run.progress.files).toBe(2);
  });

  test('makes the job of a closed window once the endpoint is there, with the files that it was closed with', async () => {
    await landing().trigger('patient', 'not-yet', { batching: atOnce });
    await landing().land('a.csv', '1');
    await landing().advance();
    expect(await landing().statusOf('patient')).toMatchObject({
      state: 'Degraded',
      reason: { code: 'ResourceNotFound' },
      filesWaiting: 1,
    });
    await landing().land('b.csv', '1');
    await workspace().endpoint('not-yet', echoScript);
    await landing().changed('patient');
    await landing().advance();
    const jobs = await landing().jobsOf('patient');
    expect(jobs.map(({ spec }) => spec.startedBy?.id).sort()).toEqual(['window 1', 'window 2']);
    expect(landing().reports.filter((error) => !isFailure(error))).toEqual([]);
  });
});
