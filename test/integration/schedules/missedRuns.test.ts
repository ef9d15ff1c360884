import { ScheduledWorkspace, type GivenSchedule } from '../../support/scheduledWorkspace';
import { useWorkspace } from '../../support/useWorkspace';
import { echoScript } from '../../support/workspace';

const workspace = useWorkspace();
let schedules: ScheduledWorkspace;

beforeAll(async () => {
  await workspace().endpoint('missing', echoScript);
});

afterEach(() => schedules.clear());

/** A schedule that is due every ten minutes, made at midnight, on a host that runs again at `time`. */
async function downUntil(name: string, time: string, given: GivenSchedule): Promise<string[]> {
  schedules = new ScheduledWorkspace(workspace(), 'missing');
  await schedules.put(name, { when: { expression: '*/10 * * * *' }, ...given });
  await schedules.at(time);
  await schedules.start();
  expect(schedules.reports).toEqual([]);
  return (await schedules.dueTimesOf(name)).map((due) => due.slice(11, 16));
}

test('skip makes up for none, and says what was missed', async () => {
  expect(await downUntil('skip', '2027-01-31T01:05:00Z', { misfire: 'skip' })).toEqual([]);
  expect(await schedules.shown('skip')).toEqual({
    state: 'Active',
    nextRun: '2027-01-31T01:10:00.000Z',
    lastRun: {
      due: '2027-01-31T01:00:00.000Z',
      startedAt: '2027-01-31T01:05:00.000Z',
      outcome: 'Missed',
    },
  });
});

test('once makes up for the last one', async () => {
  expect(await downUntil('once', '2027-01-31T01:05:00Z', { misfire: 'once' })).toEqual(['01:00']);
  await schedules.at('2027-01-31T01:10:05Z');
  expect(await schedules.jobsOf('once')).toHaveLength(2);
});

test('all makes up for all of them, the newest where they are more than the limit', async () => {
  const every = ['00:10', '00:20', '00:30', '00:40', '00:50', '01:00'];
  expect(await downUntil('all', '2027-01-31T01:05:00Z', { misfire: 'all' })).toEqual(every);
  const limited = { misfire: 'all', misfireLimit: 2 } as const;
  expect(await downUntil('limited', '2027-01-31T01:05:00Z', limited)).toEqual(['00:50', '01:00']);
});

test.each([
  ['skip', ['01:00']],
  ['once', ['00:50', '01:00']],
  ['all', ['00:40', '00:50', '01:00']],
] as const)('by %s a run that is less than a minute late is not missed', async (misfire, due) => {
  const given = { misfire, misfireLimit: 2 };
  expect(await downUntil(`late-${misfire}`, '2027-01-31T01:01:00Z', given)).toEqual(due);
});

test('a run that is a little more than a minute late was missed', async () => {
  expect(await downUntil('later', '2027-01-31T01:01:00.001Z', { misfire: 'skip' })).toEqual([]);
});

test('a year of missed minutes is made up for by its last ones', async () => {
  const given = { when: { expression: '* * * * *' }, misfire: 'all', misfireLimit: 3 } as const;
  expect(await downUntil('year', '2028-01-31T00:00:30Z', given)).toEqual([
    '23:57',
    '23:58',
    '23:59',
    '00:00',
  ]);
});

test('a host that dies while it makes up for runs goes on with those that it had decided on', async () => {
  schedules = new ScheduledWorkspace(workspace(), 'missing');
  await schedules.put('torn', { when: { expression: '*/10 * * * *' }, misfire: 'all', misfireLimit: 3 });
  schedules.time = '2027-01-31T01:05:00.000Z';
  // It has time for a step or two, and another host finds the rest a good while later.
  const { orchestrations } = schedules;
  const { scheduleStates } = workspace().services;
  const state = await scheduleStates.find('torn');
  if (state === undefined) throw new Error('There is no state.');
  const next = { due: '2027-01-31T00:40:00.000Z', startsAt: '2027-01-31T00:40:00.000Z' };
  await scheduleStates.write(state, { ...state.value, next, makingUpUntil: '2027-01-31T01:00:00.000Z' });
  schedules.time = '2027-01-31T01:09:00.000Z';
  await schedules.runs().startDue({ orchestrations, milliseconds: 60_000, report: () => undefined });
  expect((await schedules.dueTimesOf('torn')).map((due) => due.slice(11, 16))).toEqual([
    '00:40',
    '00:50',
    '01:00',
  ]);
});

test('jitter makes runs later, by the same for all hosts, and never past the next one', async () => {
  schedules = new ScheduledWorkspace(workspace(), 'missing');
  await schedules.put('jitter', { when: { expression: '*/10 * * * *' }, jitterSeconds: 3600 });
  const next = (await workspace().services.scheduleStates.find('jitter'))?.value.next;
  const late = Date.parse(next?.startsAt ?? '') - Date.parse(next?.due ?? '');
  expect(late).toBeGreaterThan(0);
  expect(late).toBeLessThan(600_000);
  await schedules.at(new Date(Date.parse(next?.startsAt ?? '') - 1).toISOString());
  expect(await schedules.jobsOf('jitter')).toEqual([]);
  await schedules.at(next?.startsAt ?? '');
  expect(await schedules.dueTimesOf('jitter')).toEqual([next?.due]);
});

test('a clock that is set far forward makes up for no more than the rule says', async () => {
  expect(await downUntil('forward', '2099-01-31T01:05:00Z', { misfire: 'once' })).toEqual(['01:00']);
});

test('of runs that are made up for, forbid leaves out those that meet the job of the first', async () => {
  const given = { misfire: 'all', concurrency: 'forbid' } as const;
  expect(await downUntil('forbidden', '2027-01-31T01:05:00Z', given)).toEqual(['00:10']);
  expect((await schedules.shown('forbidden')).lastRun).toMatchObject({
    due: '2027-01-31T01:00:00.000Z',
    outcome: 'Overlap',
  });
});
