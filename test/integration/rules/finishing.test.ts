import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { instanceId } from '../../../shared/jobs/jobKeys';
import type { InstanceState, Orchestrations } from '../../../shared/jobs/recoverJobs';
import { useWorkspace } from '../../support/useWorkspace';
import { echoScript } from '../../support/workspace';

describe('the end of a job', () => {
  const workspace = useWorkspace();

  beforeAll(async () => {
    await workspace().endpoint('end', echoScript, { resources: { instanceCount: 2 } });
  });

  test('is decided once: of a cancel and a commit at the same time one wins', async () => {
    for (let round = 0; round < 10; round++) {
      const job = await workspace().invoke('end', workspace().inputs(2));
      const { key, name } = job.spec;
      const { lanes } = await workspace().activities.plan(key);
      for (let lane = 0; lane < lanes; lane++) await workspace().lane(key, lane);
      const [, cancelled] = await Promise.allSettled([
        workspace().activities.finish(key),
        workspace().services.jobs.cancel(name, 'tester'),
      ]);
      await workspace().activities.finish(key);
      const ended = await workspace().services.jobs.get(name);
      expect(ended.run.state).toBe(cancelled.status === 'fulfilled' ? 'Canceled' : 'Completed');
      const { store, name: output } = await workspace().services.destinations.open(job.spec.output);
      expect((await store.stat(output)) !== undefined).toBe(ended.run.state === 'Completed');
    }
  });

  test('comes once, however often it is asked for, also at once', async () => {
    const job = await workspace().invoke('end', workspace().inputs(4));
    const { key, name } = job.spec;
    const { lanes } = await workspace().activities.plan(key);
    for (let lane = 0; lane < lanes; lane++) await workspace().lane(key, lane);
    await Promise.all([1, 2, 3].map(() => workspace().activities.finish(key)));
    const ended = await workspace().services.jobs.get(name);
    expect(ended.run.state).toBe('Completed');
    expect(await workspace().predictions(ended)).toBe('0\n1\n2\n3\n');
    await workspace().activities.finish(key);
    expect((await workspace().services.jobs.get(name)).run).toEqual(ended.run);
  });

  test('carries the job and the digest of its rows in the metadata of the output', async () => {
    const job = await workspace().run(await workspace().invoke('end', workspace().inputs(2)));
    const { store, name } = await workspace().services.destinations.open(job.spec.output);
    expect((await store.stat(name))?.metadata).toEqual({
      batchpoint_job: job.spec.key,
      batchpoint_digest: job.run.commitDigest,
    });
  });

  test('does not come while a claim has no outcome: it is scored by whoever finds it', async () => {
    const job = await workspace().invoke('end', workspace().inputs(6));
    const { key } = job.spec;
    await workspace().activities.plan(key);
    await workspace().services.claims.take({ job: key, lane: 1, sequence: 0 });
    await workspace().lane(key, 0);
    const { open } = await workspace().activities.finish(key);
    expect(open).toEqual([{ lane: 1, sequence: 0, from: 0, to: 1 }]);
    await workspace().lane(key, 1);
    expect(await workspace().activities.finish(key)).toEqual({ open: [], left: 0 });
    expect(await workspace().predictions(await workspace().services.jobs.get(job.spec.name))).toBe(
      '0\n1\n2\n3\n4\n5\n',
    );
  });

  test('does not come while mini-batches are unclaimed: a lane of a new number takes them', async () => {
    const job = await workspace().invoke('end', workspace().inputs(6));
    const { key } = job.spec;
    await workspace().activities.plan(key);
    await workspace().activities.scoreNext(key, 0, 0);
    const { open } = await workspace().activities.finish(key);
    expect(open).toEqual([{ lane: 1, sequence: 0, from: 1, to: 6 }]);
    await workspace().lane(key, 1);
    expect(await workspace().activities.finish(key)).toEqual({ open: [], left: 0 });
  });

  test('sums the outcomes again before it decides about the threshold', async () => {
    await workspace().endpoint('sums', 'def run(mini_batch):\n    raise ValueError("x")\n', {
      errorThreshold: 100,
      retrySettings: { maxRetries: 1 },
      outputAction: 'SummaryOnly',
    });
    const job = await workspace().invoke('sums', workspace().inputs(3), { errorThreshold: 2 });
    const { key, name } = job.spec;
    await workspace().activities.plan(key);
    const { claims, jobs } = workspace().services;
    for (let sequence = 0; ; sequence++) {
      const id = { job: key, lane: 0, sequence };
      const taken = await claims.take(id);
      if (taken.kind !== 'claim') break;
      const { from, to, attempt } = taken.claim;
      const progress = {
        miniBatches: to - from,
        failedMiniBatches: to - from,
        files: to - from,
        failedFiles: to - from,
        rows: 0,
        tries: 1,
        seconds: 0.01,
      };
      const outcome = { attempt, parts: {}, digest: '', worker: 'n/p' };
      await claims.settle(id, { outcome, progress, to, carried: {}, firstScored: '2026', failures: [] }, 100);
    }
    await workspace().activities.finish(key);
    expect((await jobs.get(name)).run).toMatchObject({
      state: 'Failed',
      error: { code: 'ErrorThresholdExceeded' },
    });
  });

  test('leaves nothing in the folder for unfinished work', async () => {
    await workspace().run(await workspace().invoke('end', workspace().inputs(4)));
    expect(readdirSync(join(workspace().services.scratch, 'claims'))).toEqual([]);
  });

  test('writes its output where a local path says, whole, and reports its URI', async () => {
    const folder = join(workspace().folder, 'my output');
    const place = { outputDataset: { path: `file://${encodeURI(folder)}` }, outputFileName: 'scores.txt' };
    const job = await workspace().run(await workspace().invoke('end', workspace().inputs(3), place));
    expect(readFileSync(join(folder, 'scores.txt'), 'utf8')).toBe('0\n1\n2\n');
    expect(job.run.result?.outputUri).toBe(`file://${encodeURI(folder)}/scores.txt`);
  });

  describe('that nobody brought about', () => {
    /** Orchestrations that only note what is asked of them. */
    function noted(
      states: Record<string, InstanceState>,
    ): Orchestrations & { started: { instance: string; start: number }[] } {
      const started: { instance: string; start: number }[] = [];
      return {
        started,
        start: (instance, { start }) => Promise.resolve(void started.push({ instance, start })),
        state: (instance) => Promise.resolve(states[instance] ?? 'missing'),
      };
    }

    test('comes after all: a job that was recorded and never started is found and started', async () => {
      const job = await workspace().invoke('end', workspace().inputs(2));
      const orchestrations = noted({});
      await workspace().recover(orchestrations);
      expect(orchestrations.started).toContainEqual({ instance: instanceId(job.spec.key), start: 1 });
      await workspace().run(job);
    });

    test('is not hurried: a job of which the orchestration runs is left alone', async () => {
      const job = await workspace().invoke('end', workspace().inputs(2));
      const orchestrations = noted({ [instanceId(job.spec.key)]: 'running' });
      await workspace().recover(orchestrations);
      expect(orchestrations.started).toEqual([]);
      await workspace().run(job);
    });

    test('is given up after ten starts', async () => {
      const job = await workspace().invoke('end', workspace().inputs(2));
      const orchestrations = noted({ [instanceId(job.spec.key)]: 'over' });
      for (let i = 0; i < 11; i++) await workspace().recover(orchestrations);
      const { run } = await workspace().services.jobs.get(job.spec.name);
      expect(run).toMatchObject({ state: 'Stopping', stop: { error: { code: 'MachineryFailed' } } });
      await workspace().activities.finish(job.spec.key);
    });
  });
});
