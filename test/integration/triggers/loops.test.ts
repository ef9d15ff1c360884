import { refuseLoops } from '../../../shared/triggers/refuseLoops';
import type { Trigger, WatchedFiles, WatchedOutputs } from '../../../shared/triggers/trigger';
import { useWatchedFolder } from '../../support/useWatchedFolder';
import { useWorkspace } from '../../support/useWorkspace';
import { echoScript } from '../../support/workspace';

/** What a trigger watches, and where its jobs write. */
interface Ways {
  readonly watch: Partial<WatchedFiles> | WatchedOutputs;
  readonly output?: string;
  readonly endpoint?: string;
}

describe('a trigger that would start itself', () => {
  const workspace = useWorkspace();
  const landing = useWatchedFolder(workspace);

  beforeAll(async () => {
    await workspace().endpoint('one', echoScript);
    await workspace().endpoint('two', echoScript);
  });
  afterEach(async () => {
    const { triggers } = workspace().services.registry;
    for (const { name } of await triggers.list()) await triggers.remove(name);
  });

  const here = (path: string): string => `azureml://datastores/${landing().datastore}/paths/${path}`;

  /** The code that a trigger is refused with, if it is. */
  const refusal = async ({ watch, output, endpoint = 'one' }: Ways): Promise<string | undefined> => {
    const value: Trigger = landing().described(endpoint, {
      watch,
      ...(output === undefined ? {} : { output }),
    });
    const { triggering } = workspace().services;
    return refuseLoops(triggering, { name: 'looping', value }).then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error.name : String(error)),
    );
  };

  test.each<[string, string | undefined, Partial<WatchedFiles>, string]>([
    ['below what it watches', 'TriggerWatchesOwnOutput', { path: 'in' }, 'in/{name}.csv'],
    ['deep below what it watches', 'TriggerWatchesOwnOutput', { path: 'in' }, 'in/out/{date}/{name}.csv'],
    ['anywhere, where it watches all', 'TriggerWatchesOwnOutput', { path: '' }, 'out/{name}.csv'],
    ['beside what it watches', undefined, { path: 'in' }, 'out/{name}.csv'],
    ['in a folder whose name only begins alike', undefined, { path: 'in' }, 'input/{name}.csv'],
    ['where its patterns leave out', undefined, { path: '', exclude: ['out/**'] }, 'out/{name}.csv'],
    ['what its patterns do not want', undefined, { path: '', include: ['*.csv'] }, 'out/{name}.jsonl'],
    [
      'what its patterns want by the name of the file',
      'TriggerWatchesOwnOutput',
      { path: '', include: ['in*.csv'] },
      'out/{name}.csv',
    ],
  ])('is told where it writes %s: %s', async (_where, code, watch, path) => {
    expect(await refusal({ watch, output: here(path) })).toBe(code);
  });

  test('is found by where places lie, not by their names', async () => {
    const { datastores } = workspace().services.registry;
    const place = { type: 'LocalFolder', folder: `${landing().folder}/in/deep` } as const;
    await datastores.put('another_name', { tags: {}, place });
    const output = 'azureml://datastores/another_name/paths/{name}.csv';
    expect(await refusal({ watch: { path: 'in' }, output })).toBe('TriggerWatchesOwnOutput');
    expect(await refusal({ watch: { path: 'in/other' }, output })).toBeUndefined();
    const file = `file://${landing().folder}/in/{name}.csv`;
    expect(await refusal({ watch: { path: 'in' }, output: file })).toBe('TriggerWatchesOwnOutput');
  });

  test('is found where outputs go by default', async () => {
    const all = { datastore: 'workspaceblobstore', path: '' };
    expect(await refusal({ watch: all })).toBe('TriggerWatchesOwnOutput');
    expect(await refusal({ watch: { ...all, path: 'incoming' } })).toBeUndefined();
    expect(await refusal({ watch: { ...all, include: ['*.jpg'] } })).toBeUndefined();
  });

  test('is found where it watches the outputs of its own endpoint', async () => {
    expect(await refusal({ watch: { type: 'outputs', endpoint: 'One' } })).toBe('TriggerCycle');
    const others = { type: 'outputs', endpoint: 'one', deployment: 'blue' } as const;
    expect(await refusal({ watch: others })).toBe('TriggerCycle');
    expect(await refusal({ watch: { type: 'outputs', endpoint: 'two' } })).toBeUndefined();
  });

  test('is found where other triggers lead back to it, by endpoints or by files', async () => {
    await landing().trigger('second', 'two', {
      watch: { type: 'outputs', endpoint: 'one' },
      output: here('middle/{job}.csv'),
    });
    await landing().trigger('third', 'two', {
      watch: { path: 'middle' },
      output: here('last/{name}.csv'),
    });
    const back = { watch: { path: 'last' }, output: here('far/{name}.csv') };
    expect(await refusal(back)).toBe('TriggerCycle');
    expect(await refusal({ ...back, endpoint: 'two' })).toBeUndefined();
    expect(await refusal({ ...back, watch: { path: 'first' } })).toBeUndefined();
  });

  test('is not found in the trigger that it replaces', async () => {
    await landing().trigger('looping', 'two', { watch: { type: 'outputs', endpoint: 'one' } });
    const watch = { type: 'outputs', endpoint: 'two' } as const;
    expect(await refusal({ watch, endpoint: 'one' })).toBeUndefined();
    await landing().trigger('another', 'two', { watch: { type: 'outputs', endpoint: 'one' } });
    expect(await refusal({ watch, endpoint: 'one' })).toBe('TriggerCycle');
  });

  test('leaves alone what its own jobs have written, where nobody could foresee it', async () => {
    const output = here('{path}/{name}.csv');
    await landing().trigger('unforeseen', 'one', { watch: { path: 'in' }, output });
    await landing().land('in/in/a.txt', '1');
    await landing().advance();
    const [job] = await landing().jobsOf('unforeseen');
    if (job === undefined) throw new Error('There is no job.');
    await workspace().run(job);
    await landing().tell('in/a.csv');
    await landing().advance();
    const files = (await landing().filesOf('unforeseen')).sort();
    expect(files).toEqual(['in/a.csv: TriggerFileOwn', 'in/in/a.txt: job']);
  });

  test('hands on what a job of another trigger has written', async () => {
    await landing().trigger('writer', 'one', { watch: { path: 'in' }, output: here('out/{name}.csv') });
    await landing().trigger('reader', 'two', { watch: { path: 'out' } });
    await landing().land('in/a.csv', '1');
    await landing().advance();
    const [job] = await landing().jobsOf('writer');
    if (job === undefined) throw new Error('There is no job.');
    await workspace().run(job);
    await landing().tell('out/a.csv');
    await landing().advance();
    const [next] = await landing().jobsOf('reader');
    expect(next?.spec.startedBy?.lineage).toEqual(['trigger:writer']);
  });
});
