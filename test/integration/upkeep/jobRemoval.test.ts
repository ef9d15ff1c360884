import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { collectJobs } from '../../../shared/collecting/collectJobs';
import { finishRemovals, removeJob, type JobRemovalContext } from '../../../shared/collecting/jobRemoval';
import { failure } from '../../../shared/errors/batchpointError';
import { jobPartition, jobPrefix } from '../../../shared/jobs/jobKeys';
import type { InstanceState } from '../../../shared/jobs/recoverJobs';
import type { Job } from '../../../shared/jobs/jobStore';
import type { BlobStore } from '../../../shared/stores/blobStore';
import { startAzurite, type Azurite } from '../../support/azurite';
import { nodeEcho } from '../../support/nodeScript';
import { useWorkspace } from '../../support/useWorkspace';
import { wrapped } from '../../support/wrapped';

let azurite: Azurite;
const onDisk = useWorkspace({ BATCHPOINT_CLAIM_SECONDS: '0.001' });
const inAzure = useWorkspace(async () => {
  azurite = await startAzurite();
  return {
    BATCHPOINT_STORAGE: 'azure',
    AzureWebJobsStorage: azurite.connectionString,
    BATCHPOINT_CLAIM_SECONDS: '0.001',
  };
});
afterAll(() => azurite.stop());

describe.each([
  ['on disk', onDisk],
  ['in Azure', inAzure],
] as const)('The removal of a job %s', (_where, workspace) => {
  const settings = { retrySettings: { maxRetries: 1 }, environmentVariables: { FAIL: 'no' } };
  beforeAll(() => workspace().endpoint('echo', nodeEcho, settings, 'score.mjs'));

  const context = (more: Partial<JobRemovalContext> = {}): JobRemovalContext => {
    const { stores, ...services } = workspace().services;
    const { tables, blobs } = stores;
    return { ...services, tables, blobs, state: () => Promise.resolve<InstanceState>('over'), ...more };
  };
  const finished = async (properties: object = {}): Promise<Job> =>
    workspace().run(await workspace().invoke('echo', workspace().inputs(4), properties));
  const failed = (): Promise<Job> =>
    finished({ environmentVariables: { FAIL: 'yes' }, errorThreshold: 0, miniBatchSize: 1 });

  /** What there is of a job beside its output: blobs, rows, places in lists. */
  async function left({ spec }: Job): Promise<readonly string[]> {
    const { stores, index } = workspace().services;
    const found: string[] = [];
    for await (const page of stores.blobs.list(jobPrefix(spec.key)))
      found.push(...page.map(({ name }) => name));
    for await (const { row } of stores.tables.query(jobPartition(spec.key))) found.push(row);
    for (const filter of [{}, { endpoint: 'echo' }, { endpoint: 'echo', deployment: 'main' }]) {
      const { names } = await index.page(filter, 1_000);
      if (names.includes(spec.name)) found.push(`list ${JSON.stringify(filter)}`);
    }
    return found;
  }

  test('takes all there is of it, but not its output', async () => {
    const job = await finished();
    expect((await left(job)).length).toBeGreaterThan(5);
    const { store, name } = await workspace().services.destinations.open(job.spec.output);
    expect(await removeJob(context(), job)).toBe(true);
    expect(await left(job)).toEqual([]);
    expect(await workspace().services.jobs.find(job.spec.name)).toBeUndefined();
    expect(await store.stat(name)).toMatchObject({ size: 8 });
  });

  test('leaves its name to another job', async () => {
    const name = `again-${Date.now()}`;
    await removeJob(context(), await finished({ name }));
    const outputDataset = { path: `elsewhere-${name}` };
    const again = await finished({ name, outputDataset });
    expect(again.run.state).toBe('Completed');
    expect(await workspace().predictions(again)).toBe('0\n1\n2\n3\n');
  });

  test('does not come while it runs, or is looked after, nor while its orchestration runs', async () => {
    const open = await workspace().invoke('echo', workspace().inputs(2));
    expect(await removeJob(context(), open)).toBe(false);
    const active = await finished();
    await workspace().services.index.activate(active.spec);
    expect(await removeJob(context(), active)).toBe(false);
    const job = await finished();
    const busy = context({ state: () => Promise.resolve<InstanceState>('running') });
    expect(await removeJob(busy, job)).toBe(false);
    expect(await workspace().services.jobs.find(job.spec.name)).toBeDefined();
  });

  test('does not come while another job goes on from it, and takes nothing that this one has taken over', async () => {
    const first = await failed();
    const second = await workspace().rerun(first, 'resume', { environmentVariables: { FAIL: 'yes' } });
    await workspace().run(second);
    const third = await workspace().rerun(second, 'resume', { environmentVariables: { FAIL: 'no' } });
    expect(await removeJob(context(), first)).toBe(false);
    expect(await removeJob(context(), await workspace().services.jobs.get(second.spec.name))).toBe(false);
    const done = await workspace().run(third);
    expect(done.run.plan?.takenOver?.miniBatches).toBeGreaterThan(0);
    expect(await workspace().predictions(done)).toBe('0\n1\n2\n3\n');
    const before = new Date(Date.now() + 60_000);
    const names: string[] = [];
    const dry = { only: ['jobs'], dryRun: true, before, state: context().state } as const;
    for await (const { item } of collectJobs(context())(dry, undefined)) names.push(item?.name ?? '');
    // All three go in one collection, the last one first, and a dry run says so.
    expect(names).toEqual(expect.arrayContaining([third, second, first].map(({ spec }) => spec.name)));
    for (const { spec } of [third, second, first])
      expect(await removeJob(context(), await workspace().services.jobs.get(spec.name))).toBe(true);
  });

  test('ends before a job that goes on from it is made, or does not begin', async () => {
    const first = await failed();
    let second: Job | undefined;
    // Between its first look and its mark, somebody goes on from it.
    const jobs = wrapped(workspace().services.jobs, {
      change: async (...args) => {
        second ??= await workspace().rerun(first, 'resume', { environmentVariables: { FAIL: 'no' } });
        return workspace().services.jobs.change(...args);
      },
    });
    expect(await removeJob(context({ jobs }), first)).toBe(false);
    expect((await workspace().services.jobs.get(first.spec.name)).run.removing).toBeUndefined();
    if (second === undefined) throw new Error('Nobody went on from it.');
    expect(await workspace().predictions(await workspace().run(second))).toBe('0\n1\n2\n3\n');
  });

  test('refuses a job that would go on from it once it is marked', async () => {
    const first = await failed();
    let refused: unknown;
    const blobs = wrapped<BlobStore>(workspace().services.stores.blobs, {
      removeAll: async (prefix) => {
        refused ??= await workspace()
          .rerun(first, 'resume')
          .catch((error: unknown) => error);
        return workspace().services.stores.blobs.removeAll(prefix);
      },
    });
    expect(await removeJob(context({ blobs }), first)).toBe(true);
    expect(refused).toMatchObject({ code: 'ResourceNotFound' });
  });

  test('refuses a job of its name until it is through', async () => {
    const job = await finished();
    const { name, output } = job.spec;
    let refused: unknown;
    const blobs = wrapped<BlobStore>(workspace().services.stores.blobs, {
      removeAll: async (prefix) => {
        const input = workspace().inputs(1);
        refused ??= await workspace()
          .invoke('echo', input, { name, outputDataset: { path: 'somewhere' } })
          .catch((error: unknown) => error);
        return workspace().services.stores.blobs.removeAll(prefix);
      },
    });
    expect(await removeJob(context({ blobs }), job)).toBe(true);
    expect(refused).toMatchObject({ code: 'ResourceDeleting' });
    expect(output.fileName).toBe('predictions.csv');
  });

  test('of which two are begun at once, and one dies, is finished or taken back by the other, or the next look', async () => {
    const job = await finished();
    const { jobs } = workspace().services;
    let other: Promise<boolean> | undefined;
    // The first has recorded and marked it, and dies; the second has recorded its own in between.
    const dying = wrapped(jobs, {
      change: async (key, update) => {
        other ??= removeJob(
          context({
            now: () => new Date(Date.now() + 1_000),
            jobs: wrapped(jobs, {
              change: async (...args) => {
                await jobs.change(key, update);
                return jobs.change(...args);
              },
            }),
          }),
          job,
        );
        await other;
        throw new Error('died');
      },
    });
    await expect(removeJob(context({ jobs: dying }), job)).rejects.toThrow('died');
    expect(await jobs.find(job.spec.name)).toBeUndefined();
    await finishRemovals(context());
    expect(await left(job)).toEqual([]);
  });

  test('that two are at goes on where one has decided it, though the other sees somebody who was refused', async () => {
    const job = await finished();
    const { jobs, index, stores } = workspace().services;
    let looks = 0;
    const dying = wrapped(index, {
      usersOf: (key) => {
        if (looks++ > 0) throw new Error('died');
        return index.usersOf(key);
      },
    });
    await expect(removeJob(context({ index: dying }), job)).rejects.toThrow('died');
    let decide = (): void => undefined;
    let open = (): void => undefined;
    const decided = new Promise<void>((resolve) => (decide = resolve));
    const opened = new Promise<void>((resolve) => (open = resolve));
    const blobs = wrapped<BlobStore>(stores.blobs, {
      removeAll: async (prefix) => {
        decide();
        await opened;
        return stores.blobs.removeAll(prefix);
      },
    });
    let first: Promise<void> | undefined;
    async function* usersOf(): ReturnType<typeof index.usersOf> {
      first ??= finishRemovals(context({ blobs }));
      await decided;
      yield { name: 'refused', since: new Date().toISOString() };
    }
    let seen: Job | undefined;
    const second = wrapped(jobs, {
      change: async (...args) => {
        const run = await jobs.change(...args);
        seen = await jobs.find(job.spec.name);
        open();
        return run;
      },
    });
    await finishRemovals(context({ jobs: second, index: wrapped(index, { usersOf }) }));
    await first;
    expect(seen).toBeUndefined();
    expect(await left(job)).toEqual([]);
  });

  test('comes also where the datastore of its output may not be used any more', async () => {
    const { destinations } = workspace().services;
    const release = (): Promise<never> =>
      Promise.reject(failure('LocalPathNotShared', { path: '/somewhere' }));
    const job = await finished();
    expect(await removeJob(context({ destinations: wrapped(destinations, { release }) }), job)).toBe(true);
    expect(await left(job)).toEqual([]);
  });

  test('leaves a job whole, or goes on to its end, wherever it is broken off', async () => {
    for (let die = 0; ; die++) {
      const job = await finished({ miniBatchSize: 1 });
      const whole = await left(job);
      let steps = 0;
      const dying = <Args extends unknown[], Answer>(
        call: (...args: Args) => Promise<Answer>,
      ): ((...args: Args) => Promise<Answer>) => {
        return (...args) => (steps++ < die ? call(...args) : Promise.reject(new Error('died')));
      };
      const { tables, blobs } = workspace().services.stores;
      const broken = context({
        tables: wrapped(tables, { commit: dying(tables.commit.bind(tables)) }),
        blobs: wrapped<BlobStore>(blobs, { removeAll: dying(blobs.removeAll.bind(blobs)) }),
      });
      const ending = await removeJob(broken, job).catch((error: Error) => error.message);
      const isThere = (await workspace().services.jobs.find(job.spec.name)) !== undefined;
      if (isThere) expect(await left(job)).toEqual(whole);
      await finishRemovals(context());
      const isStill = (await workspace().services.jobs.find(job.spec.name)) !== undefined;
      expect(await left(job)).toEqual(isStill ? whole : []);
      expect(isStill).toBe(isThere);
      if (ending === true) break;
      expect(ending).toBe('died');
      expect(die).toBeLessThan(30);
    }
  });
});

test('The output of a removed job stays as it is on disk', async () => {
  const workspace = onDisk();
  const job = await workspace.run(await workspace.invoke('echo', workspace.inputs(3)));
  const { stores, ...services } = workspace.services;
  const state = (): Promise<InstanceState> => Promise.resolve('missing');
  await removeJob({ ...services, tables: stores.tables, blobs: stores.blobs, state }, job);
  const path = fileURLToPath(job.run.result?.outputUri ?? '');
  expect(existsSync(path) && readFileSync(path, 'utf8')).toBe('0\n1\n2\n');
});
