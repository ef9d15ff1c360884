import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../../../bench/product/until';
import type { Job } from '../../../shared/jobs/jobStore';
import { useWorkspace } from '../../support/useWorkspace';
import { echoScript } from '../../support/workspace';

describe('a mini-batch that may be tried once', () => {
  const workspace = useWorkspace();

  async function planned(name: string, script: string): Promise<Job> {
    await workspace().endpoint(name, script, { retrySettings: { maxRetries: 1 } });
    const job = await workspace().invoke(name, workspace().inputs(2));
    await workspace().activities.plan(job.spec.key);
    return job;
  }

  test('is scored by a delivery that comes while another one is at it', async () => {
    const [begun, go] = ['begun', 'go'].map((word) => join(workspace().folder, word));
    const script = `
import os, time
def run(mini_batch):
    if not os.path.exists(${JSON.stringify(begun)}):
        open(${JSON.stringify(begun)}, 'w').close()
        while not os.path.exists(${JSON.stringify(go)}):
            time.sleep(0.01)
    return [open(mini_batch[0]).read()]
`;
    const job = await planned('twice', script);
    const { key, name } = job.spec;
    await workspace().services.claims.take({ job: key, lane: 0, sequence: 0 });
    const second = workspace().activities.scoreNext(key, 0, 0);
    await until(
      () => existsSync(begun ?? ''),
      (there) => there,
    );
    expect(await workspace().activities.scoreNext(key, 0, 0)).toEqual({ more: true });
    workspace().write('go', '');
    await second;
    await workspace().run(job);
    const { run } = await workspace().services.jobs.get(name);
    expect(run).toMatchObject({ state: 'Completed', failures: [], progress: { failedFiles: 0 } });
  });

  test('is not tried again once two deliveries were lost at it', async () => {
    const job = await planned('lost', echoScript);
    const { claims } = workspace().services;
    const id = { job: job.spec.key, lane: 0, sequence: 0 };
    await claims.take(id);
    for (let lost = 0; lost < 2; lost++) {
      const taken = await claims.take(id);
      if (taken.kind === 'claim') await claims.begin(taken.claim, id, taken.claim.from);
    }
    const ended = await workspace().run(job);
    expect(ended.run.failures).toMatchObject([{ miniBatch: 0, code: 'HostTakenDown', tries: 2 }]);
    expect(await workspace().predictions(ended)).toBe('1\n');
  });
});

describe('a mini-batch that fails while its claim is brought to an early end', () => {
  const workspace = useWorkspace({ BATCHPOINT_CLAIM_SECONDS: '600' });

  test('has its own error, not that of a lost host', async () => {
    const script = `
import time
def run(mini_batch):
    number = int(open(mini_batch[0]).read())
    time.sleep(0.4)
    if number % 2 == 1:
        raise ValueError('odd')
    return [str(number)]
`;
    await workspace().endpoint('early', script, { retrySettings: { maxRetries: 1, timeout: 'PT1S' } });
    const job = await workspace().invoke('early', workspace().inputs(8));
    await workspace().activities.plan(job.spec.key);
    await workspace().lane(job.spec.key, 0, 0, 17.7);
    const ended = await workspace().run(job);
    expect(ended.run.progress).toMatchObject({ failedMiniBatches: 4, tries: 8 });
    const report = await workspace().file(ended, 'logs/sys/job_report/processed_mini-batches.csv');
    expect(report.match(/RunRaised/g)).toHaveLength(4);
  });
});
