import { noProgress } from '../../../shared/jobs/jobRun';
import { ClaimWatch } from '../../../shared/scoring/claimWatch';
import { useWorkspace } from '../../support/useWorkspace';
import { echoScript } from '../../support/workspace';
import { wrapped } from '../../support/wrapped';

describe('the progress that a claim reports', () => {
  const workspace = useWorkspace();

  test('never goes back: a report that is slow on its way comes before the one after it', async () => {
    const { claims, jobs, now } = workspace().services;
    await workspace().endpoint('order', echoScript);
    const { key } = (await workspace().invoke('order', workspace().inputs(5))).spec;
    await workspace().activities.plan(key);
    const id = { job: key, lane: 0, sequence: 0 };
    const taken = await claims.take(id);
    if (taken.kind !== 'claim') throw new Error(taken.kind);

    const log: string[] = [];
    const releases: (() => void)[] = [];
    const slow = wrapped(claims, {
      report: async (claim, of, progress) => {
        log.push(`begin ${progress.failedFiles}`);
        if (log.length === 1) await new Promise<void>((resolve) => releases.push(resolve));
        const run = await claims.report(claim, of, progress, -1);
        log.push(`end ${progress.failedFiles}`);
        return run;
      },
    });
    const watch = new ClaimWatch({ claims: slow, jobs }, id, taken.claim, 0, now);
    try {
      const first = watch.failed({ ...noProgress, miniBatches: 1, failedFiles: 1 });
      await jobs.run(key);
      const second = watch.failed({ ...noProgress, miniBatches: 2, failedFiles: 2 });
      await jobs.run(key);
      expect(log).toEqual(['begin 1']);
      for (const release of releases) release();
      await Promise.all([first, second]);
      expect(log).toEqual(['begin 1', 'end 1', 'begin 2', 'end 2']);
      expect((await jobs.run(key)).value.progress).toMatchObject({ miniBatches: 2, failedFiles: 2 });
    } finally {
      watch.close();
    }
  });
});
