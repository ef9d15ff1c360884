import { ScheduledWorkspace } from '../../support/scheduledWorkspace';
import { useWorkspace } from '../../support/useWorkspace';
import { echoScript } from '../../support/workspace';

const workspace = useWorkspace();
let schedules: ScheduledWorkspace;

beforeAll(async () => {
  await workspace().endpoint('upstream', echoScript);
  await workspace().endpoint('downstream', echoScript);
});

beforeEach(() => {
  schedules = new ScheduledWorkspace(workspace(), 'downstream');
});

afterEach(() => schedules.clear());

const input = { type: 'newestOutput', endpoint: 'upstream' } as const;

test('where there is none yet the run has failed, and the next one tries again', async () => {
  await schedules.put('chain', { input });
  await schedules.at('2027-01-31T00:01:00Z');
  expect(await schedules.shown('chain')).toMatchObject({
    state: 'Degraded',
    nextRun: '2027-01-31T00:02:00.000Z',
    reason: {
      code: 'NewestOutputMissing',
      message:
        "No job of endpoint 'upstream' has completed and has a predictions file, so there is no newest output of it to score.",
    },
  });
});

test('the predictions file of the job that has completed last is the input, and its lineage goes on', async () => {
  const startedBy = { type: 'schedule', name: 'First', id: 'x', lineage: ['trigger:zero'] } as const;
  const inputs = workspace().inputs(1);
  const early = await workspace().invoke('upstream', inputs, { name: 'up-1' }, { startedBy });
  const late = await workspace().invoke('upstream', inputs, { name: 'up-2' });
  await workspace().run(late);
  await workspace().run(early);
  await workspace().invoke('upstream', inputs, { name: 'up-open' });
  await schedules.put('newest', { input });
  await schedules.at('2027-01-31T00:01:00Z');
  const [job] = await schedules.jobsOf('newest');
  expect(job?.spec.input).toEqual({
    kind: 'datastore',
    type: 'file',
    datastore: 'workspaceblobstore',
    path: 'azureml/up-1/score/predictions.csv',
  });
  expect(job?.spec.startedBy?.lineage).toEqual(['trigger:zero', 'schedule:first']);
});

test('a file on the disk of the owner is the input too, and another deployment has no part in it', async () => {
  const file = `${workspace().folder}/results/up-3.csv`;
  const outputData = { score: { uri: `file://${file}` } };
  const made = await workspace().invoke('upstream', workspace().inputs(1), { name: 'up-3', outputData });
  await workspace().run(made);
  await schedules.put('file', { input: { ...input, deployment: 'main' } });
  await schedules.put('other', { input: { ...input, deployment: 'blue' } });
  await schedules.at('2027-01-31T00:01:00Z');
  const [found] = await schedules.jobsOf('file');
  expect(found?.spec.input).toEqual({ kind: 'local', type: 'file', path: file });
  expect((await schedules.shown('other')).reason?.message).toContain(
    "deployment 'blue' of endpoint 'upstream'",
  );
});

test('two schedules that score the outputs of each other do so by the clock, and their lineage does not grow', async () => {
  await schedules.put('there', { input });
  await schedules.put('back', { input: { ...input, endpoint: 'downstream' }, endpoint: 'upstream' });
  for (const minute of [1, 2, 3, 4]) {
    await schedules.at(`2027-01-31T00:0${minute}:01Z`);
    await schedules.score('there');
    await schedules.score('back');
  }
  expect(await schedules.jobsOf('there')).toHaveLength(4);
  const lineages = (await schedules.jobsOf('back')).map(({ spec }) => spec.startedBy?.lineage);
  expect(lineages.slice(0, 2)).toEqual([['schedule:there'], ['schedule:there']]);
});
