import { startJob } from '../../../shared/jobs/recoverJobs';
import { finishJob } from '../../../shared/outputs/finishJob';
import { useWorkspace } from '../../support/useWorkspace';
import { echoScript } from '../../support/workspace';
import { wrapped } from '../../support/wrapped';

const overview = 'logs/job_progress_overview.txt';

describe('what comes after the end of a job', () => {
  const workspace = useWorkspace();

  beforeAll(async () => {
    await workspace().endpoint('late', echoScript);
  });

  test('writes the same texts, where it is a delivery that took its time', async () => {
    const { services } = workspace();
    const { blobs } = services.stores;
    const job = await workspace().invoke('late', workspace().inputs(2));
    const { lanes } = await workspace().activities.plan(job.spec.key);
    for (let lane = 0; lane < lanes; lane++) await workspace().lane(job.spec.key, lane);
    const texts: string[] = [];
    const slow = wrapped(blobs, {
      write: async (name, ...written) => {
        const isFirst = name.endsWith(overview) && texts.length === 0;
        if (isFirst) await workspace().activities.finish(job.spec.key);
        if (isFirst) texts.push(await workspace().file(job, overview));
        const answer = await blobs.write(name, ...written);
        if (isFirst) texts.push(await workspace().file(job, overview));
        return answer;
      },
    });
    const now = (): Date => new Date(Date.now() + 60_000);
    const ended = (): Promise<void> => Promise.resolve();
    await finishJob({ ...services, blobs: slow, now, ended }, job.spec.key);
    expect(texts).toHaveLength(2);
    expect(texts[1]).toBe(texts[0]);
    expect(await workspace().file(job, overview)).toBe(texts[0]);
  });

  test('starts nothing, where it had found the job not started', async () => {
    const { services } = workspace();
    const job = await workspace().invoke('late', workspace().inputs(1));
    const { run } = await workspace().run(job);
    const started: string[] = [];
    const orchestrations = {
      state: () => Promise.resolve('missing' as const),
      start: (instance: string) => Promise.resolve(void started.push(instance)),
    };
    await startJob(services.jobs, orchestrations, job);
    expect(started).toEqual([]);
    expect((await services.jobs.get(job.spec.name)).run).toEqual(run);
  });

  test('leaves claims as they are', async () => {
    const { claims, jobs } = workspace().services;
    const job = await workspace().invoke('late', workspace().inputs(1));
    const { key, name } = job.spec;
    await workspace().activities.plan(key);
    const id = { job: key, lane: 0, sequence: 0 };
    const taken = await claims.take(id);
    if (taken.kind !== 'claim') throw new Error(taken.kind);
    await jobs.cancel(name, 'tester');
    await workspace().activities.finish(key);
    const { etag } = await jobs.run(key);
    await claims.begin(taken.claim, id, 0);
    await claims.postpone(taken.claim, id, { 0: 1 });
    expect((await jobs.run(key)).etag).toBe(etag);
  });
});
