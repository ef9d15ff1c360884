import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../../../bench/product/until';
import { useWorkspace } from '../../support/useWorkspace';

describe('a job that is stopped', () => {
  const workspace = useWorkspace();

  /** A script that notes each run() it begins, fails on the given numbers, and takes its time. */
  function noting(marker: string, failing: readonly number[], seconds = 0): string {
    return `
import os, time
def run(mini_batch):
    with open(${JSON.stringify(join(workspace().folder, marker))}, 'a') as noted:
        noted.write(open(mini_batch[0]).read() + '\\n')
    time.sleep(${seconds})
    if int(open(mini_batch[0]).read()) in ${JSON.stringify(failing)}:
        raise ValueError('bad')
    return [open(path).read() for path in mini_batch]
`;
  }

  function noted(marker: string): string[] {
    return readFileSync(join(workspace().folder, marker), 'utf8').trim().split('\n');
  }

  test('by an error threshold of 0 begins nothing after the first failed item', async () => {
    const settings = { errorThreshold: 0, retrySettings: { maxRetries: 1 } };
    await workspace().endpoint('zero', noting('zero', [5]), settings);
    const job = await workspace().run(await workspace().invoke('zero', workspace().inputs(40)));
    expect(job.run.state).toBe('Failed');
    expect(job.run.error).toMatchObject({ code: 'ErrorThresholdExceeded' });
    expect(job.run.error?.message).toContain('1 files failed, more than the error_threshold of 0');
    expect(noted('zero')).toEqual(['0', '1', '2', '3', '4', '5']);
  });

  test('by its threshold stops when more files have failed than it ignores', async () => {
    const settings = { errorThreshold: 2, retrySettings: { maxRetries: 1 } };
    await workspace().endpoint('two', noting('two', [1, 3, 7, 8]), settings);
    const job = await workspace().run(await workspace().invoke('two', workspace().inputs(40)));
    expect(job.run.error?.code).toBe('ErrorThresholdExceeded');
    expect(noted('two').at(-1)).toBe('7');
    expect(job.run.progress.failedFiles).toBe(3);
  });

  test('counts failures of all lanes together', async () => {
    const settings = { errorThreshold: 3, retrySettings: { maxRetries: 1 }, resources: { instanceCount: 4 } };
    const failing = Array.from({ length: 400 }, (_, i) => i).filter((i) => i % 2 === 0);
    await workspace().endpoint('lanes', noting('lanes', failing, 0.01), settings);
    const job = await workspace().run(await workspace().invoke('lanes', workspace().inputs(400)));
    expect(job.run.error?.code).toBe('ErrorThresholdExceeded');
    expect(job.run.progress.failedFiles).toBeGreaterThan(3);
    expect(noted('lanes').length).toBeLessThan(400);
  });

  test('keeps what was scored where it can be looked at, and nothing at the output path', async () => {
    const settings = { errorThreshold: 0, retrySettings: { maxRetries: 1 } };
    await workspace().endpoint('kept', noting('kept', [6]), settings);
    const job = await workspace().run(await workspace().invoke('kept', workspace().inputs(10)));
    expect(await workspace().file(job, 'partial/predictions.csv')).toBe('0\n1\n2\n3\n4\n5\n');
    const destination = await workspace().services.destinations.open(job.spec.output);
    expect(await destination.store.stat(destination.name)).toBeUndefined();
    expect(await workspace().file(job, 'logs/sys/job_report/processed_mini-batches.csv')).toContain(
      '\n6,failed,1,1,0,1,',
    );
  });

  test('by a person ends the run() at work within two seconds', async () => {
    await workspace().endpoint('cancelled', noting('cancelled', [], 600));
    const made = await workspace().invoke('cancelled', workspace().inputs(3));
    const running = workspace().run(made);
    await until(
      () => workspace().services.jobs.get(made.spec.name),
      (job) => job.run.state === 'Running',
    );
    await until(
      () => noted('cancelled').length,
      (count) => count > 0,
    );
    const began = performance.now();
    await workspace().services.jobs.cancel(made.spec.name, 'somebody');
    const job = await running;
    expect(performance.now() - began).toBeLessThan(2_000);
    expect(job.run.state).toBe('Canceled');
    expect(job.run.stop).toEqual({ cancelled: true, by: 'somebody' });
    expect(await workspace().file(job, 'logs/job_result.txt')).toBe(
      'Canceled by somebody. What was scored is kept.\n',
    );
  });

  test('by a person before it is planned scores nothing', async () => {
    await workspace().endpoint('early', noting('early', []));
    const made = await workspace().invoke('early', workspace().inputs(3));
    await workspace().services.jobs.cancel(made.spec.name, 'somebody');
    const job = await workspace().run(made);
    expect(job.run.state).toBe('Canceled');
    expect(job.run.progress.miniBatches).toBe(0);
  });

  test('twice by a person is stopped once; after its end it is refused', async () => {
    const { jobs } = workspace().services;
    await workspace().endpoint('twice', noting('twice', []));
    const made = await workspace().invoke('twice', workspace().inputs(3));
    await jobs.cancel(made.spec.name, 'first');
    await jobs.cancel(made.spec.name, 'second');
    expect((await workspace().run(made)).run.stop).toEqual({ cancelled: true, by: 'first' });
    const done = await workspace().run(await workspace().invoke('twice', workspace().inputs(1)));
    await expect(jobs.cancel(done.spec.name, 'late')).rejects.toMatchObject({
      code: 'JobNotCancellable',
      status: 409,
    });
  });

  test('while its environment is made gives up the wait', async () => {
    const script = 'import time\ndef init():\n    time.sleep(600)\ndef run(mini_batch):\n    return []\n';
    await workspace().endpoint('waiting', script);
    const made = await workspace().invoke('waiting', workspace().inputs(1));
    const running = workspace().run(made);
    await until(
      () => workspace().services.jobs.get(made.spec.name),
      (job) => job.run.state === 'Running',
    );
    await workspace().services.jobs.cancel(made.spec.name, 'somebody');
    expect((await running).run.state).toBe('Canceled');
  });
});
