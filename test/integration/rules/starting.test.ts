import { pathToFileURL } from 'node:url';
import { failure } from '../../../shared/errors/batchpointError';
import { invoke } from '../../../shared/invocation/invoke';
import { JobStore } from '../../../shared/jobs/jobStore';
import { startJob, type InstanceState, type Orchestrations } from '../../../shared/jobs/recoverJobs';
import { restBodies } from '../../../shared/schemas/restBodies';
import { lossyTables } from '../../support/lossyTables';
import { useWorkspace } from '../../support/useWorkspace';
import { echoScript } from '../../support/workspace';

/** Orchestrations that are noted and never run. */
class NotedStarts implements Orchestrations {
  readonly starts: { instance: string; start: number }[] = [];
  found: InstanceState = 'missing';
  /** The one that nothing can be learnt of. */
  fails: string | undefined;

  start(instance: string, { start }: { start: number }): Promise<void> {
    this.starts.push({ instance, start });
    return Promise.resolve();
  }

  state(instance: string): Promise<InstanceState> {
    if (instance === this.fails) return Promise.reject(new Error('The service is away.'));
    return Promise.resolve(this.found);
  }
}

describe('the orchestration of a job', () => {
  const workspace = useWorkspace();

  beforeAll(async () => {
    await workspace().endpoint('start', echoScript);
  });

  test('is started by one of many that found it not started', async () => {
    const { jobs } = workspace().services;
    const job = await workspace().invoke('start', workspace().inputs(1));
    const noted = new NotedStarts();
    await Promise.all(Array.from({ length: 10 }, () => startJob(jobs, noted, job)));
    expect(noted.starts).toEqual([{ instance: `job-${job.spec.key}`, start: 1 }]);
    expect((await jobs.get(job.spec.name)).run.start).toBe(1);
  });

  test('is started again where it is lost, as its next start', async () => {
    const { jobs } = workspace().services;
    const job = await workspace().invoke('start', workspace().inputs(1));
    const noted = new NotedStarts();
    await startJob(jobs, new NotedStarts(), job);
    noted.found = 'running';
    await workspace().recover(noted);
    expect(noted.starts).toEqual([]);
    noted.found = 'missing';
    await workspace().recover(noted);
    expect(noted.starts).toContainEqual({ instance: `job-${job.spec.key}`, start: 2 });
  });

  test('is started again also where another job cannot be looked after, which is reported', async () => {
    const jobs = await Promise.all(
      [1, 2, 3].map(async () => workspace().invoke('start', workspace().inputs(1))),
    );
    const [broken] = [...jobs].sort((a, b) => (a.spec.key < b.spec.key ? -1 : 1));
    const noted = new NotedStarts();
    noted.fails = `job-${broken?.spec.key}`;
    const reported: string[] = [];
    await workspace().recover(noted, (job) => reported.push(job));
    expect(reported).toEqual([broken?.spec.name]);
    const others = jobs.filter((job) => job !== broken).map(({ spec }) => `job-${spec.key}`);
    expect(noted.starts.map(({ instance }) => instance)).toEqual(expect.arrayContaining(others));
  });
});

describe('a job that several ask for at once, with one id', () => {
  const workspace = useWorkspace();

  test('is new to one of them, also where all ask in the same millisecond', async () => {
    const { services } = workspace();
    const { localFiles, activitySeconds } = services.settings;
    await workspace().endpoint('together', echoScript);
    const moment = new Date();
    const context = { ...services, localFiles, activitySeconds, now: () => moment };
    const path = pathToFileURL(workspace().inputs(1)).href;
    const body = restBodies.job({ properties: { dataset: { dataInputType: 'DataUrl', path } } });
    const invocation = { endpoint: 'together', body, caller: 'tester', requestId: 'one' };
    const made = await Promise.all(Array.from({ length: 20 }, () => invoke(context, invocation)));
    expect(made.filter(({ created }) => created)).toHaveLength(1);
    expect(new Set(made.map(({ job }) => job.spec.attempt)).size).toBe(1);
  });
});

describe('a job that is at its end', () => {
  const workspace = useWorkspace();

  test('is taken out of the active ones by several hosts at once', async () => {
    const { index } = workspace().services;
    await workspace().endpoint('end', echoScript);
    const { spec } = await workspace().run(await workspace().invoke('end', workspace().inputs(1)));
    for (let round = 0; round < 5; round++) {
      await index.activate(spec);
      await Promise.all(Array.from({ length: 4 }, () => index.deactivate(spec.key)));
      for await (const active of index.active()) expect(active.key).not.toBe(spec.key);
    }
  });
});

describe('a job whose record was made, but not answered', () => {
  const workspace = useWorkspace();

  test('and met itself when it was sent again, is new to whoever invoked it', async () => {
    const { services } = workspace();
    const { localFiles, activitySeconds } = services.settings;
    await workspace().endpoint('lost', echoScript);
    const tables = lossyTables(services.stores.tables, (partition, { kind, row }) =>
      kind === 'insert' ? failure('RowConflict', { partition, row }) : undefined,
    );
    const context = { ...services, localFiles, activitySeconds, jobs: new JobStore(tables, services.now) };
    const path = pathToFileURL(workspace().inputs(1)).href;
    const body = restBodies.job({ properties: { dataset: { dataInputType: 'DataUrl', path } } });
    const { job, created } = await invoke(context, { endpoint: 'lost', body, caller: 'tester' });
    expect(created).toBe(true);
    const { names } = await services.index.page({ endpoint: 'lost' }, 10);
    expect(names).toEqual([job.spec.name]);
    const named = restBodies.job({ properties: { ...body.properties, name: job.spec.name } });
    await expect(invoke(context, { endpoint: 'lost', body: named, caller: 'tester' })).rejects.toMatchObject({
      code: 'JobExists',
    });
  });
});
