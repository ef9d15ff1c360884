import { isEnded } from '../../../shared/domain/jobState';
import { failure } from '../../../shared/errors/batchpointError';
import type { Job } from '../../../shared/jobs/jobStore';
import type { Orchestrations } from '../../../shared/jobs/recoverJobs';
import { finishJob, type FinishContext } from '../../../shared/outputs/finishJob';
import type { BlobStore } from '../../../shared/stores/blobStore';
import { useWorkspace } from '../../support/useWorkspace';
import { echoScript } from '../../support/workspace';
import { wrapped } from '../../support/wrapped';

/** Jobs that have ended need none. */
const noOrchestrations: Orchestrations = {
  start: () => Promise.resolve(),
  state: () => Promise.resolve('over'),
};

describe('a commit that fails', () => {
  const workspace = useWorkspace();

  beforeAll(async () => {
    await workspace().endpoint('commit', echoScript);
  });

  /** A delivery of finishJob whose place of the output has other methods. */
  async function delivery(
    job: Job,
    methods: (store: BlobStore) => Partial<BlobStore>,
    others: Partial<FinishContext> = {},
  ): Promise<void> {
    const { services } = workspace();
    const destinations = wrapped(services.destinations, {
      open: async (output) => {
        const destination = await services.destinations.open(output);
        return { ...destination, store: wrapped(destination.store, methods(destination.store)) };
      },
    });
    const context: FinishContext = {
      ...services,
      blobs: services.stores.blobs,
      destinations,
      ended: async () => {},
      ...others,
    };
    await finishJob(context, job.spec.key);
  }

  /** A job with all its outcomes. */
  async function scored(): Promise<Job> {
    const job = await workspace().invoke('commit', workspace().inputs(3));
    const { lanes } = await workspace().activities.plan(job.spec.key);
    for (let lane = 0; lane < lanes; lane++) await workspace().lane(job.spec.key, lane);
    return job;
  }

  const full = (): Promise<never> => Promise.reject(failure('StoreFull', { store: 'file:///', reason: 'x' }));

  async function ended(job: Job): Promise<{ state: string; visible: boolean; told: string }> {
    const now = await workspace().services.jobs.get(job.spec.name);
    const { store, name } = await workspace().services.destinations.open(job.spec.output);
    const visible = (await store.stat(name)) !== undefined;
    return { state: now.run.state, visible, told: await workspace().file(now, 'logs/job_result.txt') };
  }

  const failed = {
    state: 'Failed',
    visible: false,
    told: expect.stringMatching(/^Failed: StoreFull/) as string,
  };

  /** A delivery that commits once another one has failed at it, and is killed before its next step. */
  async function killedAfterItsLateCommit(job: Job): Promise<void> {
    const killed = delivery(job, (store) => ({
      commit: async (...commit) => {
        await delivery(job, () => ({ commit: full }));
        await store.commit(...commit);
        throw new Error('killed');
      },
    }));
    await expect(killed).rejects.toThrow('killed');
  }

  test('leaves nothing visible, also not of a slower delivery that commits after the end', async () => {
    const job = await scored();
    await delivery(job, (store) => ({
      commit: async (...commit) => {
        await delivery(job, () => ({ commit: full }));
        return store.commit(...commit);
      },
    }));
    expect(await ended(job)).toEqual(failed);
  });

  test('leaves nothing visible of a delivery that was killed after it had committed late', async () => {
    const job = await scored();
    await killedAfterItsLateCommit(job);
    await workspace().activities.finish(job.spec.key);
    expect(await ended(job)).toEqual(failed);
  });

  test('leaves nothing visible of a delivery that was killed after that, and of which nobody hears again', async () => {
    const job = await scored();
    await killedAfterItsLateCommit(job);
    expect(await ended(job)).toMatchObject({ state: 'Failed', visible: true });
    await workspace().recover(noOrchestrations);
    expect(await ended(job)).toEqual(failed);
  });

  test('is tried again later, and not at once, where a delivery has fixed the end of the job before it was killed', async () => {
    const job = await scored();
    const { jobs } = workspace().services;
    const dying = wrapped(jobs, {
      replace: (key, read, next) =>
        isEnded(next.state) ? Promise.reject(new Error('killed')) : jobs.replace(key, read, next),
    });
    await expect(delivery(job, () => ({}), { jobs: dying })).rejects.toThrow('killed');
    await expect(delivery(job, () => ({ stat: full }))).rejects.toMatchObject({ code: 'StoreFull' });
    await workspace().activities.finish(job.spec.key);
    expect(await ended(job)).toMatchObject({ state: 'Completed', visible: true });
  });

  test('is looked after for an hour, and then no longer', async () => {
    const { index } = workspace().services;
    const job = await scored();
    await delivery(job, () => ({ commit: full }));
    const isActive = async (): Promise<boolean> => {
      for await (const { key } of index.active()) if (key === job.spec.key) return true;
      return false;
    };
    await workspace().recover(noOrchestrations, undefined, { now: () => new Date(Date.now() + 59 * 60_000) });
    expect(await isActive()).toBe(true);
    await workspace().recover(noOrchestrations, undefined, { now: () => new Date(Date.now() + 61 * 60_000) });
    expect(await isActive()).toBe(false);
  });

  test('takes nothing back of a delivery that has completed the job', async () => {
    const job = await scored();
    await delivery(job, () => ({
      commit: async () => {
        await workspace().activities.finish(job.spec.key);
        return full();
      },
    }));
    expect(await ended(job)).toMatchObject({ state: 'Completed', visible: true });
  });

  test('is taken back by the next delivery where the first was killed at that', async () => {
    const job = await scored();
    const killed = delivery(job, (store) => ({
      commit: async (...commit) => {
        await store.commit(...commit);
        return full();
      },
      remove: () => Promise.reject(new Error('killed')),
    }));
    await expect(killed).rejects.toThrow('killed');
    expect((await workspace().services.jobs.get(job.spec.name)).run.state).toBe('Reverting');
    await workspace().activities.finish(job.spec.key);
    expect(await ended(job)).toEqual(failed);
  });
});
