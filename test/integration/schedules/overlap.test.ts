import { failure } from '../../../shared/errors/batchpointError';
import { Inputs } from '../../../shared/inputs/inputs';
import { ScheduledWorkspace } from '../../support/scheduledWorkspace';
import { useWorkspace } from '../../support/useWorkspace';
import { echoScript } from '../../support/workspace';

const workspace = useWorkspace();
let schedules: ScheduledWorkspace;

beforeAll(async () => {
  await workspace().endpoint('overlapping', echoScript);
});

beforeEach(() => {
  schedules = new ScheduledWorkspace(workspace(), 'overlapping');
});

afterEach(() => schedules.clear());

const first = '2027-01-31T00:01:00.000Z';
const second = '2027-01-31T00:02:00.000Z';
const third = '2027-01-31T00:03:00.000Z';

describe('where the job of the run before has not ended', () => {
  test('allow starts another one beside it', async () => {
    await schedules.put('allow', { concurrency: 'allow' });
    await schedules.at(first);
    await schedules.at(second);
    expect(await schedules.dueTimesOf('allow')).toEqual([first, second]);
  });

  test('forbid leaves the run out and says so, and starts the next one that finds it ended', async () => {
    await schedules.put('forbid', { concurrency: 'forbid' });
    await schedules.at(first);
    await schedules.at(second);
    expect(await schedules.shown('forbid')).toEqual({
      state: 'Active',
      nextRun: third,
      lastRun: {
        due: second,
        startedAt: second,
        outcome: 'Overlap',
        reason: { code: 'ScheduleOverlap', message: expect.stringContaining("'forbid'") as string },
      },
    });
    await schedules.end('forbid-20270131T000100Z');
    await schedules.at(third);
    expect(await schedules.dueTimesOf('forbid')).toEqual([first, third]);
  });

  test('replace cancels it and starts its own', async () => {
    await schedules.put('replace', { concurrency: 'replace' });
    await schedules.at(first);
    await schedules.at(second);
    expect(await schedules.dueTimesOf('replace')).toEqual([first, second]);
    const { run } = await workspace().services.jobs.get('replace-20270131T000100Z');
    expect(run).toMatchObject({ state: 'Stopping', stop: { cancelled: true, by: 'schedule replace' } });
    const other = await workspace().services.jobs.get('replace-20270131T000200Z');
    expect(other.run.state).toBe('Queued');
    await schedules.end('replace-20270131T000100Z', 'Canceled');
    await schedules.at(third);
    expect((await workspace().services.jobs.get('replace-20270131T000100Z')).run.state).toBe('Canceled');
  });

  test.each(['forbid', 'replace'] as const)(
    '%s does the same where many hosts find it',
    async (concurrency) => {
      const name = `hosts-${concurrency}`;
      const states = async (): Promise<string[]> =>
        (await schedules.jobsOf(name)).map(({ spec, run }) => `${spec.name.slice(-7)} ${run.state}`).sort();
      await schedules.put(name, { concurrency });
      await schedules.at(first);
      schedules.time = second;
      await Promise.all([1, 2, 3, 4, 5].map(() => schedules.start()));
      const replaced = ['000100Z Stopping', '000200Z Queued'];
      expect(await states()).toEqual(concurrency === 'replace' ? replaced : ['000100Z Queued']);
      expect(await schedules.shown(name)).toMatchObject({
        nextRun: third,
        lastRun: { due: second, outcome: concurrency === 'replace' ? 'Started' : 'Overlap' },
      });
      expect(schedules.reports).toEqual([]);
    },
  );

  test('the job of a host that died at this very run is neither in its way nor cancelled', async () => {
    for (const concurrency of ['forbid', 'replace'] as const) {
      const name = `again-${concurrency}`;
      schedules.time = '2027-01-31T00:00:00.000Z';
      await schedules.put(name, { concurrency });
      const { scheduleStates } = workspace().services;
      const before = (await scheduleStates.find(name))?.value;
      await schedules.at(first);
      const after = await scheduleStates.find(name);
      if (before === undefined || after === undefined) throw new Error('There is no state.');
      // As if the host had died before it wrote down that the run has started, but not what is open.
      const openJobs = [`${name}-20270131T000100Z`];
      await scheduleStates.write(after, { ...before, openJobs });
      await schedules.at('2027-01-31T00:01:05Z');
      expect(await schedules.dueTimesOf(name)).toEqual([first]);
      expect((await workspace().services.jobs.get(`${name}-20270131T000100Z`)).run.state).toBe('Queued');
      expect((await schedules.shown(name)).lastRun?.outcome).toBe('Started');
    }
  });
});

describe('where a run can start no job', () => {
  test('the schedule is degraded with the reason, tries at each time that is due, and recovers', async () => {
    await schedules.put('waiting', { endpoint: 'later' });
    await schedules.at(first);
    const shown = await schedules.shown('waiting');
    expect(shown).toMatchObject({
      state: 'Degraded',
      nextRun: second,
      reason: { code: 'ResourceNotFound' },
      lastRun: { due: first, outcome: 'Failed', reason: { code: 'ResourceNotFound' } },
    });
    await workspace().endpoint('later', echoScript);
    await schedules.at(second);
    expect(await schedules.shown('waiting')).toMatchObject({
      state: 'Active',
      lastRun: { outcome: 'Started' },
    });
    expect(await schedules.dueTimesOf('waiting')).toEqual([second]);
  });

  test('a name that is taken by the job of somebody else is told', async () => {
    await workspace().invoke('overlapping', workspace().inputs(1), { name: 'taken-20270131T000100Z' });
    await schedules.put('taken');
    await schedules.at(first);
    expect((await schedules.shown('taken')).lastRun).toMatchObject({
      outcome: 'Failed',
      reason: { code: 'JobExists' },
    });
    await schedules.at(second);
    expect(await schedules.dueTimesOf('taken')).toEqual([second]);
  });

  test('what is hindered waits behind what is due by then', async () => {
    const inputs = new Inputs({ registry: workspace().services.registry } as never);
    inputs.resolve = () => Promise.reject(failure('StoreUnavailable', { store: 'landing', reason: 'away' }));
    await schedules.put('hindered');
    await schedules.at('2027-01-31T00:01:58Z', schedules.runs({ inputs }));
    await schedules.put('hinders-none', { when: { expression: '2 * * * *' } });
    const { scheduleStates } = workspace().services;
    const order = await scheduleStates.startingBy(new Date('2027-01-31T00:03:00Z'), 10);
    expect(order).toEqual(['hinders-none', 'hindered']);
    await schedules.at('2027-01-31T00:02:03Z');
    expect(await schedules.dueTimesOf('hindered')).toContain(first);
  });

  test('what may pass is tried again for five minutes, and has failed then', async () => {
    const inputs = new Inputs({ registry: workspace().services.registry } as never);
    let asked = 0;
    inputs.resolve = () => {
      asked++;
      return Promise.reject(failure('StoreUnavailable', { store: 'landing', reason: 'it is away' }));
    };
    const runs = schedules.runs({ inputs });
    await schedules.put('away', { when: { expression: '0 * * * *' } });
    await schedules.at('2027-01-31T01:00:00Z', runs);
    await schedules.at('2027-01-31T01:00:04Z', runs);
    expect(asked).toBe(1);
    await schedules.at('2027-01-31T01:04:54Z', runs);
    expect(asked).toBe(2);
    expect(await schedules.shown('away')).toMatchObject({
      state: 'Degraded',
      nextRun: '2027-01-31T01:00:00.000Z',
      reason: { code: 'StoreUnavailable' },
    });
    await schedules.at('2027-01-31T01:05:00Z', runs);
    expect(await schedules.shown('away')).toMatchObject({
      state: 'Degraded',
      nextRun: '2027-01-31T02:00:00.000Z',
      lastRun: { due: '2027-01-31T01:00:00.000Z', outcome: 'Failed', reason: { code: 'StoreUnavailable' } },
    });
    await schedules.at('2027-01-31T02:00:00Z');
    expect(await schedules.shown('away')).toMatchObject({ state: 'Active', lastRun: { outcome: 'Started' } });
  });
});
