import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ScoreNextAnswer } from '../../../shared/domain/scoreJobMessages';
import { failure } from '../../../shared/errors/batchpointError';
import type { Job } from '../../../shared/jobs/jobStore';
import { scoreNext } from '../../../shared/scoring/scoreNext';
import { useWorkspace } from '../../support/useWorkspace';
import { echoScript } from '../../support/workspace';
import { wrapped } from '../../support/wrapped';

describe('files that cannot be read any more when they are to be scored', () => {
  const workspace = useWorkspace();

  beforeAll(async () => {
    await workspace().endpoint('reads', echoScript, { miniBatchSize: 4 });
  });

  /** A job over `count` files, of which some go between its planning and its scoring. */
  async function scoredWithout(gone: readonly number[], count: number, settings: object = {}): Promise<Job> {
    const folder = workspace().inputs(count);
    const job = await workspace().invoke('reads', folder, settings);
    await workspace().activities.plan(job.spec.key);
    for (const i of gone) rmSync(join(folder, `f00000${i}.txt`));
    return workspace().run(job);
  }

  test('fail alone: the rest of their mini-batch is scored', async () => {
    const job = await scoredWithout([1, 2], 6);
    expect(job.run.state).toBe('Completed');
    expect(await workspace().predictions(job)).toBe('0\n3\n4\n5\n');
    expect(job.run.progress).toMatchObject({
      files: 6,
      failedFiles: 2,
      miniBatches: 2,
      failedMiniBatches: 0,
      rows: 4,
    });
    const message = "The file 'f000001.txt' could not be fetched: it is not there any more. Invoke again";
    expect(job.run.failures).toEqual([
      expect.objectContaining({ miniBatch: 0, files: ['f000001.txt'], failed: 1, code: 'InputFetchFailed' }),
      expect.objectContaining({ miniBatch: 0, files: ['f000002.txt'], failed: 1, code: 'InputFetchFailed' }),
    ]);
    expect(job.run.failures[0]?.message).toContain(message);
    const failed = (await workspace().file(job, 'failed_files.csv')).split('\n');
    expect(failed.map((line) => line.split(',')[0])).toEqual(['file', 'f000001.txt', 'f000002.txt', '']);
    expect(await workspace().file(job, 'logs/sys/job_report/processed_mini-batches.csv')).toMatch(
      /^0,partial,4,2,2,1,/m,
    );
  });

  test('are counted with those that the script gives nothing for', async () => {
    await workspace().endpoint('gives-less', 'def run(mini_batch):\n    return mini_batch[1:]\n', {
      miniBatchSize: 4,
    });
    const folder = workspace().inputs(4);
    const job = await workspace().invoke('gives-less', folder);
    await workspace().activities.plan(job.spec.key);
    rmSync(join(folder, 'f000000.txt'));
    const { run } = await workspace().run(job);
    expect(run.progress).toMatchObject({ files: 4, failedFiles: 2, rows: 2 });
    expect(run.failures.map(({ code, failed }) => [code, failed])).toEqual([
      ['InputFetchFailed', 1],
      ['TooFewResults', 1],
    ]);
  });

  test('are tried again with their neighbours by nobody: these have all their tries', async () => {
    await workspace().endpoint('raises', 'def run(mini_batch):\n    raise ValueError(len(mini_batch))\n', {
      miniBatchSize: 4,
      retrySettings: { maxRetries: 2 },
    });
    const folder = workspace().inputs(4);
    const job = await workspace().invoke('raises', folder);
    await workspace().activities.plan(job.spec.key);
    rmSync(join(folder, 'f000003.txt'));
    const { run } = await workspace().run(job);
    expect(run.error?.code).toBe('NoSucceededItem');
    expect(run.failures.map(({ code, files, tries }) => [code, files.length, tries])).toEqual([
      ['InputFetchFailed', 1, 2],
      ['RunRaised', 3, 2],
    ]);
    expect(run.progress).toMatchObject({ files: 4, failedFiles: 4, failedMiniBatches: 1 });
  });

  test('may be all of a mini-batch, which no worker sees then', async () => {
    const job = await scoredWithout([0, 1, 2, 3], 8);
    expect(await workspace().predictions(job)).toBe('4\n5\n6\n7\n');
    expect(job.run.progress).toMatchObject({ failedFiles: 4, failedMiniBatches: 1, tries: 1 });
  });

  test('stop the job where they are more than its error threshold', async () => {
    const job = await scoredWithout([0, 1], 8, { errorThreshold: 1 });
    expect(job.run.error).toMatchObject({ code: 'ErrorThresholdExceeded' });
    expect((await scoredWithout([0, 1], 8, { errorThreshold: 2 })).run.state).toBe('Completed');
  });
});

describe('files whose store is away when they are to be scored', () => {
  const workspace = useWorkspace();

  beforeAll(async () => {
    await workspace().endpoint('away', echoScript, { miniBatchSize: 2 });
  });

  /** A job over four files, and its next claim, which finds the store of one file away so many times. */
  async function planned(times: number): Promise<{ job: Job; scoreNext: () => Promise<ScoreNextAnswer> }> {
    const job = await workspace().invoke('away', workspace().inputs(4));
    const { key } = job.spec;
    await workspace().activities.plan(key);
    const { services } = workspace();
    const scoring = await services.scorings.get(key);
    let left = times;
    const source = wrapped(scoring.source, {
      provide: async (path, ...rest) => {
        if (!path.includes('1.txt') || --left < 0) return scoring.source.provide(path, ...rest);
        const cause = failure('StoreUnavailable', { store: 'the store', reason: 'it is away' });
        throw failure('InputFetchFailed', { file: path, reason: cause.message }, { cause });
      },
    });
    const scorings = wrapped(services.scorings, { get: () => Promise.resolve({ ...scoring, source }) });
    const context = { ...services, blobs: services.stores.blobs, activitySeconds: undefined, scorings };
    return { job, scoreNext: () => scoreNext(context, { job: key, lane: 0, sequence: 0 }) };
  }

  test('do not fail: their claim is delivered again', async () => {
    const { job, scoreNext } = await planned(4);
    for (let delivery = 1; delivery <= 4; delivery++)
      await expect(scoreNext()).rejects.toMatchObject({ code: 'StoreUnavailable' });
    expect(await scoreNext()).toEqual({ more: true });
    const ended = await workspace().run(job);
    expect(ended.run).toMatchObject({ state: 'Completed', failures: [], progress: { failedFiles: 0 } });
    expect(await workspace().predictions(ended)).toBe('0\n1\n2\n3\n');
  });

  test('fail alone, where it does not come back', async () => {
    const { job, scoreNext } = await planned(Infinity);
    for (let delivery = 1; delivery <= 4; delivery++)
      await expect(scoreNext()).rejects.toMatchObject({ code: 'StoreUnavailable' });
    expect(await scoreNext()).toEqual({ more: true });
    const ended = await workspace().run(job);
    expect(ended.run.failures).toMatchObject([{ files: ['f000001.txt'], code: 'InputFetchFailed' }]);
    expect(await workspace().predictions(ended)).toBe('0\n2\n3\n');
  });
});
