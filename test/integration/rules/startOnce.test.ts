import type { JobStart } from '../../../shared/jobs/jobStart';
import { JobStore } from '../../../shared/jobs/jobStore';
import { startOnce, type StartContext, type WantedJob } from '../../../shared/starting/startOnce';
import { NotedStarts } from '../../support/watchedFolder';
import { useWorkspace } from '../../support/useWorkspace';
import { echoScript } from '../../support/workspace';

const workspace = useWorkspace();
let input: string;

beforeAll(async () => {
  await workspace().endpoint('once', echoScript);
  await workspace().endpoint('another', echoScript);
  input = `file://${workspace().inputs(1)}`;
});

/** What a trigger or schedule wants: the job `name`, for one event. */
function wanted(name: string, changes: Partial<WantedJob> = {}, by: Partial<JobStart> = {}): WantedJob {
  return {
    name,
    endpoint: 'once',
    body: { properties: { inputData: { input: { jobInputType: 'UriFolder', uri: input } } } },
    startedBy: { type: 'trigger', name: 'Landing', id: 'event 1', lineage: [], ...by },
    ...changes,
  };
}

function context(changes: Partial<StartContext> = {}): StartContext {
  const { services } = workspace();
  const { localFiles, activitySeconds } = services.settings;
  return { ...services, localFiles, activitySeconds, ...changes };
}

/** A host that dies when it is about to start what it has made. */
const dying = {
  start: () => Promise.reject(new Error('The host has died.')),
  state: () => Promise.resolve('missing' as const),
};

test('the same event twice has one job, which is started once', async () => {
  const starts = new NotedStarts();
  const first = await startOnce(context(), starts, wanted('twice'));
  const second = await startOnce(context(), starts, wanted('twice'));
  expect([first.created, second.created]).toEqual([true, false]);
  expect(second.job.spec).toEqual(first.job.spec);
  expect(first.job.spec).toMatchObject({ caller: 'trigger Landing', callerId: 'trigger:landing' });
  expect(starts.started).toEqual([`job-${first.job.spec.key}`]);
});

test('the same event at many instances at once has one job, which is started once', async () => {
  const starts = new NotedStarts();
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => startOnce(context(), starts, wanted('many'))),
  );
  expect(answers.filter(({ created }) => created)).toHaveLength(1);
  expect(new Set(answers.map(({ job }) => job.spec.attempt)).size).toBe(1);
  expect(starts.started).toHaveLength(1);
});

test('what makes the job may change in between: the job that is there is meant', async () => {
  const starts = new NotedStarts();
  const first = await startOnce(context(), starts, wanted('changed'));
  const body = { properties: { ...wanted('changed').body.properties, miniBatchSize: 9 } };
  const second = await startOnce(context(), starts, wanted('changed', { endpoint: 'another', body }));
  expect(second.created).toBe(false);
  expect(second.job.spec).toEqual(first.job.spec);
});

test('what changes while two instances make it leaves one job too', async () => {
  const starts = new NotedStarts();
  const ofSize = (miniBatchSize: number): WantedJob =>
    wanted('racing', { body: { properties: { ...wanted('racing').body.properties, miniBatchSize } } });
  const answers = await Promise.all([3, 4, 5, 6].map((size) => startOnce(context(), starts, ofSize(size))));
  expect(answers.filter(({ created }) => created)).toHaveLength(1);
  expect(new Set(answers.map(({ job }) => job.spec.settings.miniBatchSize)).size).toBe(1);
  expect(starts.started).toHaveLength(1);
});

test.each([
  ['a user', undefined],
  ['another trigger', { name: 'Other' }],
  ['a schedule of that name', { type: 'schedule' as const }],
  ['another event', { id: 'event 2' }],
])('a name that is taken by the job of %s is refused, and that job is left alone', async (_who, by) => {
  const name = `taken-${JSON.stringify(by ?? {}).replace(/\W/g, '')}`;
  const starts = new NotedStarts();
  if (by === undefined) await workspace().invoke('once', input.replace('file://', ''), { name });
  else await startOnce(context(), starts, wanted(name, {}, by));
  const before = await workspace().services.jobs.get(name);
  await expect(startOnce(context(), starts, wanted(name))).rejects.toMatchObject({ code: 'JobExists' });
  expect(await workspace().services.jobs.get(name)).toEqual(before);
});

test('a name in other letters is the same trigger', async () => {
  const starts = new NotedStarts();
  await startOnce(context(), starts, wanted('letters'));
  const again = await startOnce(context(), starts, wanted('letters', {}, { name: 'LANDING' }));
  expect(again.created).toBe(false);
});

test('a job whose maker died before it was started is started by the next one that wants it', async () => {
  const made = startOnce({ ...context(), jobs: notStarting() }, dying, wanted('died'));
  await expect(made).rejects.toThrow('The host has died.');
  const starts = new NotedStarts();
  const found = await startOnce(context(), starts, wanted('died'));
  expect(found.created).toBe(false);
  expect(starts.started).toEqual([`job-${found.job.spec.key}`]);
});

test('a job that has ended is not started again', async () => {
  const { job } = await startOnce(context(), new NotedStarts(), wanted('ended'));
  await workspace().services.jobs.change(job.spec.key, (run) => ({ ...run, state: 'Completed', start: 0 }));
  const starts = new NotedStarts();
  const again = await startOnce(context(), starts, wanted('ended'));
  expect([again.created, again.job.run.state]).toEqual([false, 'Completed']);
  expect(starts.started).toEqual([]);
});

test('what refuses an invocation refuses it here, and no job is left', async () => {
  const starts = new NotedStarts();
  const missing = startOnce(context(), starts, wanted('missing', { endpoint: 'nowhere' }));
  await expect(missing).rejects.toMatchObject({ code: 'ResourceNotFound' });
  expect(await workspace().services.jobs.find('missing')).toBeUndefined();
  expect(starts.started).toEqual([]);
});

/** The jobs of a host that dies before it can count a start. */
function notStarting(): JobStore {
  const { stores, now } = workspace().services;
  const jobs = new JobStore(stores.tables, now);
  jobs.change = () => Promise.reject(new Error('The host has died.'));
  return jobs;
}
