import { noProgress } from '../../../shared/jobs/jobRun';
import { finishJob } from '../../../shared/outputs/finishJob';
import { partName } from '../../../shared/planning/claimRow';
import { jobPrefix } from '../../../shared/jobs/jobKeys';
import { useWorkspace } from '../../support/useWorkspace';
import { echoScript } from '../../support/workspace';
import { wrapped } from '../../support/wrapped';

describe('an outcome that is written while its job is brought to its end', () => {
  const workspace = useWorkspace();

  test('is part of what is kept, also where its progress had been reported before', async () => {
    const { services } = workspace();
    const { claims, jobs, stores } = services;
    await workspace().endpoint('late', echoScript);
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

    let settled = false;
    const settle = async (): Promise<void> => {
      if (settled) return;
      settled = true;
      await stores.blobs.write(`${jobPrefix(key)}${partName(claim, claim.attempt, 'rows')}`, 'zero\n');
      const outcome = { attempt: claim.attempt, parts: { rows: 5 }, digest: 'x', worker: 'node/process000' };
      const firstScored = '2026-01-01T00:00:00.000Z';
      await claims.settle(
        id,
        { outcome, progress, to: claim.to, carried: {}, firstScored, failures: [] },
        -1,
      );
    };
    const blobs = wrapped(stores.blobs, {
      write: async (...written) => {
        await settle();
        return stores.blobs.write(...written);
      },
    });
    await finishJob({ ...services, blobs, ended: () => services.index.deactivate(key) }, key);
    const ended = await jobs.get(name);
    expect(ended.run).toMatchObject({ state: 'Canceled', progress: { miniBatches: 1 } });
    expect(await workspace().file(ended, 'partial/predictions.csv')).toBe('zero\n');
  });
});
