import { useWatchedFolder } from '../../support/useWatchedFolder';
import { useWorkspace } from '../../support/useWorkspace';
import { echoScript } from '../../support/workspace';

const failing = `
def run(mini_batch):
    raise ValueError("no")
`;

describe('a trigger that watches the outputs of another endpoint', () => {
  const workspace = useWorkspace();
  const landing = useWatchedFolder(workspace);

  beforeAll(async () => {
    await workspace().endpoint('upstream', echoScript);
    await workspace().endpoint('downstream', echoScript);
    await workspace().endpoint('broken', failing, { errorThreshold: 0 });
  });

  /** Scores one file with an endpoint, to the end. */
  const score = async (endpoint: string): ReturnType<typeof run> => run(await invoked(endpoint));
  const invoked = (endpoint: string): ReturnType<ReturnType<typeof workspace>['invoke']> =>
    workspace().invoke(endpoint, workspace().inputs(1));
  const run = (job: Awaited<ReturnType<typeof invoked>>): ReturnType<ReturnType<typeof workspace>['run']> =>
    workspace().run(job);

  test('starts a job over the predictions of each job that has completed', async () => {
    await landing().trigger('chained', 'downstream', { watch: { type: 'outputs', endpoint: 'upstream' } });
    const first = await score('upstream');
    await landing().advance();
    const [job, ...others] = await landing().jobsOf('chained');
    if (job === undefined) throw new Error('There is no job.');
    expect(others).toEqual([]);
    expect(job.spec.startedBy).toEqual({
      type: 'trigger',
      name: 'chained',
      id: first.spec.name,
      lineage: [],
    });
    const ended = await workspace().run(job);
    const [after, before] = [await workspace().predictions(ended), await workspace().predictions(first)];
    expect(after.trim()).toBe(before.trim());
    expect(await landing().filesOf('chained')).toEqual([`${first.spec.name}: job`]);
  });

  test('starts it once, also where the end of the first is delivered again, and where its host died before', async () => {
    await landing().trigger('once', 'downstream', { watch: { type: 'outputs', endpoint: 'upstream' } });
    const job = await invoked('upstream');
    // The host dies once the end is written: the job stays among the active ones until a host looks after it.
    const { services } = workspace();
    await workspace().activities.plan(job.spec.key);
    await workspace().activities.prepare(job.spec.key);
    await workspace().lane(job.spec.key, 0);
    await workspace().activities.finish(job.spec.key, { ended: () => Promise.resolve() });
    expect(await landing().filesOf('once')).toEqual([]);
    await workspace().recover(landing().orchestrations);
    expect(await services.index.isActive(job.spec.key)).toBe(false);
    await workspace().activities.finish(job.spec.key);
    await landing().advance();
    expect(await landing().jobsOf('once')).toHaveLength(1);
  });

  test('wants no job that failed, of another endpoint or deployment, or that ended before it was made', async () => {
    await score('upstream');
    await landing().trigger('picky', 'downstream', { watch: { type: 'outputs', endpoint: 'broken' } });
    await landing().trigger('other', 'downstream', {
      watch: { type: 'outputs', endpoint: 'upstream', deployment: 'blue' },
    });
    expect((await score('broken')).run.state).toBe('Failed');
    await score('upstream');
    await landing().advance();
    expect(await landing().filesOf('picky')).toEqual([]);
    expect(await landing().filesOf('other')).toEqual([]);
  });

  test('hands on by whom it was all begun, and does not come back to itself', async () => {
    await landing().trigger('there', 'downstream', { watch: { path: 'in' } });
    await landing().trigger('back', 'upstream', { watch: { type: 'outputs', endpoint: 'downstream' } });
    await landing().trigger('forth', 'downstream', { watch: { type: 'outputs', endpoint: 'upstream' } });
    await landing().land('in/a.csv', '1');
    for (const name of ['there', 'back', 'forth']) {
      await landing().advance();
      const [job] = await landing().jobsOf(name);
      if (job === undefined) throw new Error(`There is no job of ${name}.`);
      await workspace().run(job);
    }
    await landing().advance();
    const [last] = await landing().jobsOf('forth');
    expect(last?.spec.startedBy?.lineage).toEqual(['trigger:there', 'trigger:back']);
    expect(await landing().jobsOf('back')).toHaveLength(1);
    expect(await landing().filesOf('back')).toContain(`${last?.spec.name}: TriggerFileOwn`);
  });

  test('says of a job that has no predictions file that there is none', async () => {
    await landing().trigger('summed', 'downstream', { watch: { type: 'outputs', endpoint: 'upstream' } });
    const job = await workspace().invoke('upstream', workspace().inputs(1), { outputAction: 'SummaryOnly' });
    await workspace().run(job);
    expect(await landing().filesOf('summed')).toEqual([`${job.spec.name}: TriggerOutputMissing`]);
  });
});
