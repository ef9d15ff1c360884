import type { Job } from '../../../shared/jobs/jobStore';
import { jobPrefix } from '../../../shared/jobs/jobKeys';
import { noProgress } from '../../../shared/jobs/jobRun';
import { finishJob, type FinishContext } from '../../../shared/outputs/finishJob';
import { partName } from '../../../shared/planning/claimRow';
import { useWorkspace } from '../../support/useWorkspace';
import { echoScript } from '../../support/workspace';
import { wrapped } from '../../support/wrapped';

describe('an outcome that is written while its stopped job is brought to its end', () => {
  const workspace = useWorkspace();

  beforeAll(async () => {
    await workspace().endpoint('late', echoScript);
  });

  /** A cancelled job with a claim that is still scored, and what writes the outcome of that, once. */
  async function stopped(): Promise<{ job: Job; settle: () => Promise<boolean | undefined> }> {
    const { claims, jobs, stores } = workspace().services;
    const job = await workspace().invoke('late', workspace().inputs(3));
    const { key, name } = job.spec;
    await workspace().activities.plan(key);
    const id = { job: key, lane: 0, sequence: 0 };
    const taken = await claims.take(id);
    if (taken.kind !== 'claim') throw new Error(taken.kind);
    const { claim } = taken;
    const progress = { ...noProgress, miniBatches: 1, files: 1, rows: 1, tries: 1, seconds: 0.1 };
    await claims.report(claim, id, progress, -1);
    await jobs.cancel(name, 'tester');
    let isSettled = false;
    const settle = async (): Promise<boolean | undefined> => {
      if (isSettled) return undefined;
      isSettled = true;
      await stores.blobs.write(`${jobPrefix(key)}${partName(claim, claim.attempt, 'rows')}`, 'zero\n');
      const outcome = { attempt: claim.attempt, parts: { rows: 5 }, digest: 'x', worker: 'node/process000' };
      const firstScored = '2026-01-01T00:00:00.000Z';
      const settlement = { outcome, progress, to: claim.to, carried: {}, firstScored, failures: [] };
      return claims.settle(id, settlement, -1);
    };
    return { job, settle };
  }

  async function finish({ spec }: Job, others: Partial<FinishContext>): Promise<Job> {
    const { services } = workspace();
    const ended = (): Promise<void> => services.index.deactivate(spec.key);
    await finishJob({ ...services, blobs: services.stores.blobs, ended, ...others }, spec.key);
    return services.jobs.get(spec.name);
  }

  test('is part of what is kept, also where its progress had been reported before', async () => {
    const { job, settle } = await stopped();
    const { claims } = workspace().services;
    const late = wrapped(claims, {
      all: async function* (key) {
        for await (const claim of claims.all(key)) {
          await settle();
          yield claim;
        }
      },
    });
    const ended = await finish(job, { claims: late });
    expect(ended.run).toMatchObject({ state: 'Canceled', progress: { miniBatches: 1 } });
    expect(await workspace().file(ended, 'partial/predictions.csv')).toBe('zero\n');
  });

  test('is refused once files are made of those that are there', async () => {
    const { job, settle } = await stopped();
    const { blobs } = workspace().services.stores;
    const answers: (boolean | undefined)[] = [];
    const late = wrapped(blobs, {
      write: async (...written) => {
        answers.push(await settle());
        return blobs.write(...written);
      },
    });
    const ended = await finish(job, { blobs: late });
    expect(answers[0]).toBe(false);
    expect(ended.run).toMatchObject({ state: 'Canceled', progress: { miniBatches: 0, rows: 0 } });
    expect(await workspace().file(ended, 'logs/job_progress_overview.txt')).toContain('0 of 3');
  });
});
