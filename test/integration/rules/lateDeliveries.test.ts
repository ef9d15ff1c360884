import { failure } from '../../../shared/errors/batchpointError';
import { planJob } from '../../../shared/planning/planJob';
import { prepareScorer } from '../../../shared/scoring/prepareScorer';
import { useWorkspace } from '../../support/useWorkspace';
import { echoScript } from '../../support/workspace';
import { wrapped } from '../../support/wrapped';

describe('a late delivery that fails', () => {
  const workspace = useWorkspace();

  beforeAll(async () => {
    await workspace().endpoint('late', echoScript);
  });

  test('at planning does not stop the job that another one has planned', async () => {
    const { services } = workspace();
    const job = await workspace().invoke('late', workspace().inputs(2));
    const { key, name } = job.spec;
    const inputs = wrapped(services.inputs, {
      open: async ({ kind }) => {
        await workspace().activities.plan(key);
        throw failure('InputUnreadable', { input: kind, reason: 'it is gone' });
      },
    });
    const late = planJob({ ...services, blobs: services.stores.blobs, inputs, machineLimit: 4 }, key);
    expect(await late).toEqual({ lanes: 1 });
    expect((await services.jobs.get(name)).run.state).toBe('Running');
    expect((await workspace().run(job)).run.state).toBe('Completed');
  });

  test('at planning stops the job that nobody has planned', async () => {
    const { services } = workspace();
    const job = await workspace().invoke('late', workspace().inputs(2));
    const inputs = wrapped(services.inputs, {
      open: ({ kind }) => Promise.reject(failure('InputUnreadable', { input: kind, reason: 'it is gone' })),
    });
    const { key } = job.spec;
    await planJob({ ...services, blobs: services.stores.blobs, inputs, machineLimit: 4 }, key);
    expect((await workspace().run(job)).run.error).toMatchObject({ code: 'InputUnreadable' });
  });

  test('at preparing the scorer does not stop the job for which another one has it ready', async () => {
    const { services } = workspace();
    const job = await workspace().invoke('late', workspace().inputs(2));
    const { key, name } = job.spec;
    const pool = wrapped(services.pool, {
      acquire: async () => {
        await workspace().activities.prepare(key);
        throw failure('PythonMissing', { python: 'python3', reason: 'ENOENT' });
      },
    });
    const late = { ...services, tables: services.stores.tables, pool, activitySeconds: undefined };
    await prepareScorer(late, key);
    expect((await services.jobs.get(name)).run.stop).toBeUndefined();
    expect((await workspace().run(job)).run.state).toBe('Completed');
  });
});
