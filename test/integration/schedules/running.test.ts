import { failure } from '../../../shared/errors/batchpointError';
import { JobStore } from '../../../shared/jobs/jobStore';
import { ScheduleStates } from '../../../shared/schedules/scheduleStates';
import { webhookSecret } from '../../support/endedJobs';
import { lossyTables } from '../../support/lossyTables';
import { ScheduledWorkspace } from '../../support/scheduledWorkspace';
import { useWorkspace } from '../../support/useWorkspace';
import { echoScript } from '../../support/workspace';

const workspace = useWorkspace();
let schedules: ScheduledWorkspace;

beforeAll(async () => {
  await workspace().endpoint('scheduled', echoScript);
});

beforeEach(() => {
  schedules = new ScheduledWorkspace(workspace(), 'scheduled');
});

afterEach(() => schedules.clear());

test('a job is started for each time that is due, and none before', async () => {
  await schedules.put('each');
  await schedules.at('2027-01-31T00:00:59.999Z');
  expect(await schedules.dueTimesOf('each')).toEqual([]);
  await schedules.at('2027-01-31T00:01:00Z');
  await schedules.at('2027-01-31T00:01:30Z');
  await schedules.at('2027-01-31T00:02:05Z');
  expect(await schedules.dueTimesOf('each')).toEqual([
    '2027-01-31T00:01:00.000Z',
    '2027-01-31T00:02:00.000Z',
  ]);
  expect(await schedules.shown('each')).toEqual({
    state: 'Active',
    nextRun: '2027-01-31T00:03:00.000Z',
    lastRun: {
      due: '2027-01-31T00:02:00.000Z',
      startedAt: '2027-01-31T00:02:05.000Z',
      outcome: 'Started',
      job: 'each-20270131T000200Z',
    },
  });
  expect(schedules.reports).toEqual([]);
});

test('the job is as the schedule says, with the time that is due in its paths', async () => {
  workspace().write('days/2027-01-31/a.txt', 'a');
  await schedules.put('places', {
    when: { expression: '0 2 * * *', timeZone: 'Asia/Seoul' },
    input: {
      type: 'path',
      path: `file://${workspace().folder}/days/{schedule-1d:yyyy-MM-dd}`,
      isFile: false,
    },
    output: 'azureml://datastores/workspaceblobstore/paths/results/{schedule:yyyyMMdd}.csv',
    overrides: { miniBatchSize: 7, tags: { by: 'night' } },
  });
  await schedules.at('2027-01-31T17:00:03Z');
  const [job] = await schedules.jobsOf('places');
  expect(job?.spec).toMatchObject({
    name: 'places-20270131T170000Z',
    endpoint: 'scheduled',
    input: { kind: 'local', type: 'folder', path: `${workspace().folder}/days/2027-01-31` },
    output: {
      kind: 'datastore',
      datastore: 'workspaceblobstore',
      folder: 'results',
      fileName: '20270201.csv',
    },
    settings: { miniBatchSize: 7 },
    tags: { by: 'night' },
    caller: 'schedule places',
    startedBy: { type: 'schedule', name: 'places', id: '2027-01-31T17:00:00.000Z', lineage: [] },
  });
});

test('its jobs tell those of the schedule of their end, and their records hold no secret', async () => {
  const hook = { type: 'webhook', url: 'https://example.com/hook', secret: webhookSecret } as const;
  await schedules.put('telling', { notifications: [hook] });
  await schedules.at('2027-01-31T00:01:00Z');
  const stored = await workspace().services.registry.schedules.get('telling');
  await schedules.runs().once(schedules.orchestrations, stored);
  const jobs = await schedules.jobsOf('telling');
  expect(jobs).toHaveLength(2);
  for (const { spec } of jobs)
    expect(await workspace().services.jobs.notifications(spec.key)).toMatchObject([hook]);
  const state = await workspace().services.scheduleStates.find('telling');
  expect(JSON.stringify([jobs, state])).not.toContain(webhookSecret.slice('whsec_'.length));
});

test('what is due at once is started once by many hosts', async () => {
  await schedules.put('hosts');
  schedules.time = '2027-01-31T00:01:02.000Z';
  await Promise.all(Array.from({ length: 8 }, () => schedules.start(schedules.runs())));
  expect(await schedules.dueTimesOf('hosts')).toEqual(['2027-01-31T00:01:00.000Z']);
  const [job] = await schedules.jobsOf('hosts');
  expect(schedules.orchestrations.started).toEqual([`job-${job?.spec.key}`]);
  expect(await schedules.shown('hosts')).toMatchObject({
    state: 'Active',
    nextRun: '2027-01-31T00:02:00.000Z',
    lastRun: { outcome: 'Started', job: 'hosts-20270131T000100Z' },
  });
});

test('a host that dies after the job was made is gone on after, and its job is found', async () => {
  await schedules.put('dying');
  const { scheduleStates, registry, stores } = workspace().services;
  const dying = new ScheduleStates(stores.tables, registry.schedules);
  dying.write = () => Promise.reject(new Error('The host has died.'));
  await schedules.at('2027-01-31T00:01:02Z', schedules.runs({ states: dying }));
  expect(schedules.reports).toHaveLength(1);
  expect((await scheduleStates.find('dying'))?.value.next?.due).toBe('2027-01-31T00:01:00.000Z');
  await schedules.at('2027-01-31T00:01:07Z');
  expect(await schedules.dueTimesOf('dying')).toEqual(['2027-01-31T00:01:00.000Z']);
  expect(schedules.orchestrations.started).toHaveLength(1);
  expect((await scheduleStates.find('dying'))?.value.next?.due).toBe('2027-01-31T00:02:00.000Z');
});

test('an answer of the store that is lost changes nothing', async () => {
  await schedules.put('lossy');
  const { registry, stores } = workspace().services;
  const lost = lossyTables(stores.tables, (partition) =>
    partition === 'schedule-runs' ? failure('RowConflict', { partition, row: 'state:lossy' }) : undefined,
  );
  const states = new ScheduleStates(lost, registry.schedules);
  await schedules.at('2027-01-31T00:01:02Z', schedules.runs({ states }));
  expect(await schedules.dueTimesOf('lossy')).toEqual(['2027-01-31T00:01:00.000Z']);
  expect(await schedules.shown('lossy')).toMatchObject({
    nextRun: '2027-01-31T00:02:00.000Z',
    lastRun: { outcome: 'Started', job: 'lossy-20270131T000100Z' },
  });
});

test('who has started a job says so, also where another host could not', async () => {
  const stored = await schedules.put('amended');
  schedules.time = '2027-01-31T00:01:02.000Z';
  const { stores } = workspace().services;
  // The other host fails, and is faster to say so than the first one is to make its job.
  let isFirst = true;
  const jobs = new JobStore(stores.tables, () => new Date(schedules.time));
  const create = jobs.create.bind(jobs);
  jobs.create = async (spec) => {
    const created = await create(spec);
    if (isFirst) {
      isFirst = false;
      const run = { due: '2027-01-31T00:01:00.000Z', startedAt: schedules.time, outcome: 'Failed' } as const;
      const { scheduleStates } = workspace().services;
      const before = await scheduleStates.find('amended');
      if (before === undefined) throw new Error('There is no state.');
      const next = { due: '2027-01-31T00:02:00.000Z', startsAt: '2027-01-31T00:02:00.000Z' };
      await scheduleStates.write(before, { ...before.value, next, lastRun: run });
    }
    return created;
  };
  await schedules.start(schedules.runs({ jobs }));
  expect(await schedules.shown(stored.name)).toMatchObject({
    state: 'Active',
    nextRun: '2027-01-31T00:02:00.000Z',
    lastRun: { outcome: 'Started', job: 'amended-20270131T000100Z' },
  });
});

test('a schedule that is over, disabled or deleted starts nothing', async () => {
  await schedules.put('over', { when: { endTime: '2027-01-31T00:02:00' } });
  await schedules.put('off', { enabled: false });
  await schedules.put('gone');
  expect(await schedules.shown('off')).toEqual({ state: 'Disabled' });
  await workspace().services.registry.schedules.remove('gone');
  await schedules.at('2027-01-31T00:01:10Z');
  await schedules.at('2027-01-31T00:02:10Z');
  await schedules.at('2027-01-31T00:03:10Z');
  expect(await schedules.dueTimesOf('over')).toEqual([
    '2027-01-31T00:01:00.000Z',
    '2027-01-31T00:02:00.000Z',
  ]);
  expect(await schedules.shown('over')).toMatchObject({ state: 'Ended' });
  expect(await schedules.jobsOf('off')).toEqual([]);
  expect(await schedules.jobsOf('gone')).toEqual([]);
  expect(await workspace().services.scheduleStates.find('gone')).toBeUndefined();
});

test('nothing is made up for what was due while a schedule was disabled, also where nobody noticed that', async () => {
  const { registry } = workspace().services;
  const { value } = await schedules.put('asleep', { misfire: 'all' });
  // Written by hosts that died before they took the change up.
  await registry.schedules.put('asleep', {
    ...value,
    enabled: false,
    activeSince: '2027-01-31T00:00:30.000Z',
  });
  await registry.schedules.put('asleep', { ...value, activeSince: '2027-01-31T05:00:30.000Z' });
  await schedules.at('2027-01-31T05:01:10Z');
  expect(await schedules.dueTimesOf('asleep')).toEqual(['2027-01-31T05:01:00.000Z']);
});

test('other times count from when they were written, and what else changes leaves the next run as it is', async () => {
  await schedules.put('changed', { when: { expression: '30 * * * *' } });
  schedules.time = '2027-01-31T00:29:00.000Z';
  await schedules.put('changed', {
    when: { expression: '30 * * * *' },
    description: 'other',
    jitterSeconds: 60,
  });
  expect(await schedules.shown('changed')).toEqual({ state: 'Active', nextRun: '2027-01-31T00:30:00.000Z' });
  await schedules.put('changed', { when: { expression: '15 * * * *' } });
  expect(await schedules.shown('changed')).toEqual({ state: 'Active', nextRun: '2027-01-31T01:15:00.000Z' });
  await schedules.at('2027-01-31T00:45:00Z');
  expect(await schedules.jobsOf('changed')).toEqual([]);
});

test('a clock that is set back starts nothing again, and the next run waits for its time', async () => {
  await schedules.put('clock');
  await schedules.at('2027-01-31T06:00:10Z');
  const before = await schedules.dueTimesOf('clock');
  await schedules.at('2027-01-31T05:00:10Z');
  expect(await schedules.dueTimesOf('clock')).toEqual(before);
  expect((await schedules.shown('clock')).nextRun).toBe('2027-01-31T06:01:00.000Z');
  await schedules.at('2027-01-31T06:01:10Z');
  expect(await schedules.dueTimesOf('clock')).toEqual([...before, '2027-01-31T06:01:00.000Z']);
});

test('after a clock that was far ahead, a schedule that is enabled again finds its next run anew', async () => {
  await schedules.put('ahead');
  await schedules.at('2037-01-31T06:00:00Z');
  schedules.time = '2027-01-31T00:05:10.000Z';
  expect((await schedules.shown('ahead')).nextRun).toBe('2037-01-31T06:01:00.000Z');
  await schedules.put('ahead', { enabled: false });
  await schedules.put('ahead');
  await schedules.at('2027-01-31T00:06:00Z');
  expect(await schedules.dueTimesOf('ahead')).toContain('2027-01-31T00:06:00.000Z');
});

test('schedules that were written or deleted by a host that died are taken up within a minute', async () => {
  const { registry, scheduleStates } = workspace().services;
  const { value } = await schedules.put('found');
  await schedules.put('lost');
  await registry.schedules.remove('lost');
  await registry.schedules.put('left', value);
  await scheduleStates.followAll();
  expect(await scheduleStates.find('lost')).toBeUndefined();
  expect((await scheduleStates.find('left'))?.value.next?.due).toBe('2027-01-31T00:01:00.000Z');
  await schedules.at('2027-01-31T00:01:00Z');
  expect(await schedules.jobsOf('left')).toHaveLength(1);
  expect(await schedules.jobsOf('lost')).toHaveLength(0);
});

test('a run by hand starts a job, the same request finds it again, and the next run stays', async () => {
  const stored = await schedules.put('byhand', { when: { expression: '0 2 * * *' }, enabled: false });
  const runs = schedules.runs();
  const job = await runs.once(schedules.orchestrations, stored, { requestId: 'request-1' });
  const again = await runs.once(schedules.orchestrations, stored, { requestId: 'request-1' });
  const other = await runs.once(schedules.orchestrations, stored);
  expect(job.spec.name).toMatch(/^byhand-once-[0-9a-f]{20}$/);
  expect(again.spec.name).toBe(job.spec.name);
  expect(other.spec.name).toBe('byhand-once-20270131T000000000Z');
  expect(job.spec.startedBy).toEqual({ type: 'schedule', name: 'byhand', id: 'once request-1', lineage: [] });
  expect(await schedules.shown('byhand')).toEqual({ state: 'Disabled' });
});

test('many schedules that are due at once are all started, in several goes where one has no time', async () => {
  const names = Array.from({ length: 60 }, (_, i) => `many-${i}`);
  await Promise.all(names.map((name) => schedules.put(name)));
  schedules.time = '2027-01-31T00:01:02.000Z';
  const runs = schedules.runs();
  const { orchestrations } = schedules;
  const report = (_name: string, error: unknown): void => void schedules.reports.push(error);
  await runs.startDue({ orchestrations, milliseconds: 0, report });
  expect(orchestrations.started).toHaveLength(0);
  await runs.startDue({ orchestrations, milliseconds: 60_000, report });
  expect(new Set(orchestrations.started).size).toBe(60);
  await runs.startDue({ orchestrations, milliseconds: 60_000, report });
  expect(orchestrations.started).toHaveLength(60);
  expect(schedules.reports).toEqual([]);
});
