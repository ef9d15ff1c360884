import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../../../bench/product/until';
import { failure } from '../../../shared/errors/batchpointError';
import type { ScoreNextAnswer } from '../../../shared/domain/scoreJobMessages';
import type { Job } from '../../../shared/jobs/jobStore';
import { scoreNext } from '../../../shared/scoring/scoreNext';
import { useWorkspace } from '../../support/useWorkspace';
import { wrapped } from '../../support/wrapped';

describe("a claim that cannot read its job's record", () => {
  const workspace = useWorkspace();

  /** A planned job whose first run() fails once it is told to, and of which the second one is well. */
  async function planned(name: string): Promise<{ job: Job; go: string; begun: string }> {
    const [begun, go] = ['begun', 'go'].map((word) => join(workspace().folder, `${name}-${word}`));
    const script = `
import os, time
def run(mini_batch):
    if not os.path.exists(${JSON.stringify(begun)}):
        open(${JSON.stringify(begun)}, 'w').close()
        while not os.path.exists(${JSON.stringify(go)}):
            time.sleep(0.01)
        raise ValueError('the first one')
    return [open(mini_batch[0]).read()]
`;
    await workspace().endpoint(name, script, { retrySettings: { maxRetries: 3 } });
    const job = await workspace().invoke(name, workspace().inputs(3));
    await workspace().activities.plan(job.spec.key);
    return { job, go: `${name}-go`, begun: begun ?? '' };
  }

  /** Scores the first claim, of which one look at the job's record fails. */
  async function withFailedPoll(
    name: string,
    error: Error,
  ): Promise<{ job: Job; answer: Promise<ScoreNextAnswer> }> {
    const { services } = workspace();
    const { job, go, begun } = await planned(name);
    let failed = false;
    const jobs = wrapped(services.jobs, {
      run: (key) => {
        if (failed || !existsSync(begun)) return services.jobs.run(key);
        failed = true;
        return Promise.reject(error);
      },
    });
    const context = { ...services, jobs, blobs: services.stores.blobs, activitySeconds: undefined };
    const answer = scoreNext(context, { job: job.spec.key, lane: 0, sequence: 0 });
    answer.catch(() => undefined);
    await until(
      () => failed,
      (seen) => seen,
    );
    workspace().write(go, '');
    return { job, answer };
  }

  test('is not left behind without an outcome: its activity fails, and is done again', async () => {
    const { job, answer } = await withFailedPoll('odd', new Error('odd'));
    await expect(answer).rejects.toThrow('odd');
    expect(await workspace().predictions(await workspace().run(job))).toBe('0\n1\n2\n');
  });

  test('stops the job where that is for a person to mend', async () => {
    const error = failure('StoreForbidden', { store: 'file:///', reason: 'EACCES' });
    const { job, answer } = await withFailedPoll('forbidden', error);
    expect(await answer).toEqual({ more: false });
    const { run } = await workspace().services.jobs.get(job.spec.name);
    expect(run).toMatchObject({ state: 'Stopping', stop: { error: { code: 'StoreForbidden' } } });
  });
});
