import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { planJob } from '../../../shared/planning/planJob';
import { jobFileNames } from '../../../shared/outputs/jobFiles';
import type { Job } from '../../../shared/jobs/jobStore';
import { useWorkspace } from '../../support/useWorkspace';
import { echoScript } from '../../support/workspace';
import { wrapped } from '../../support/wrapped';

const workspace = useWorkspace({ BATCHPOINT_CLAIM_SECONDS: '0.001' });

/** Gives the content of each file, and fails at some mini-batches where it is told to. */
const picky = `
import os
def run(mini_batch):
    texts = [open(path).read() for path in mini_batch]
    if os.environ.get("FAIL") == "yes" and any(int(text) % 7 == 3 for text in texts):
        raise ValueError("one of them is odd")
    return texts
`;

const settings = { miniBatchSize: 2, retrySettings: { maxRetries: 1 }, errorThreshold: 6 };
const failing = { environmentVariables: { FAIL: 'yes' } };
const sound = { environmentVariables: { FAIL: 'no' } };

beforeAll(async () => {
  await workspace().endpoint('picky', picky, { ...settings, ...failing });
  await workspace().endpoint('echo', echoScript, settings);
});

/** The rows of a job over so many files that nothing has disturbed. */
function rowsOf(count: number): string {
  return Array.from({ length: count }, (_, i) => `${i}\n`).join('');
}

/** A generator of numbers below a limit, the same for the same seed. */
function dice(seed: number): (limit: number) => number {
  let state = seed * 2_654_435_761 + 12_345;
  return (limit) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

/** Scores so many claims, in lanes by chance, and cancels the job; it may have come to its end before. */
async function stopSomewhere(job: Job, next: (limit: number) => number, claims: number): Promise<Job> {
  const { activities, services } = workspace();
  const { key, name } = job.spec;
  const { lanes } = await activities.plan(key);
  const sequences = Array.from({ length: lanes }, () => 0);
  for (let i = 0; i < claims; i++) {
    const lane = next(lanes);
    const { more } = await activities.scoreNext(key, lane, sequences[lane] ?? 0);
    if (!more) break;
    sequences[lane] = (sequences[lane] ?? 0) + 1;
  }
  await services.jobs.cancel(name, 'tester').catch(() => undefined);
  await activities.finish(key);
  return services.jobs.get(name);
}

describe('a job that is resumed', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'gives the bytes of one that nothing disturbed, wherever it was stopped before (%d)',
    async (seed) => {
      const next = dice(seed);
      const count = 20 + next(60);
      const properties = { compute: { instanceCount: 1 + next(3) } };
      let job = await workspace().invoke('picky', workspace().inputs(count), properties);
      job = await stopSomewhere(job, next, 2 + next(12));
      expect(['Failed', 'Canceled']).toContain(job.run.state);
      // Stopped again, a few times: some mini-batches fail still.
      for (let again = next(3); again > 0; again--) {
        job = await stopSomewhere(await workspace().rerun(job, 'resume'), next, 1 + next(6));
        if (job.run.state === 'Completed') break;
      }
      const before = job.run.progress;
      const last = await workspace().run(await workspace().rerun(job, 'resume', sound));
      expect(last.run).toMatchObject({ state: 'Completed', progress: { files: count, failedFiles: 0 } });
      expect(await workspace().predictions(last)).toBe(rowsOf(count));
      const taken = last.run.plan?.takenOver?.files ?? 0;
      expect(taken).toBeLessThanOrEqual(before.files - before.failedFiles);
      const report = await workspace().file(last, jobFileNames.report);
      expect(report.trimEnd().split('\n')).toHaveLength(1 + Math.ceil(count / 2));
    },
  );

  test('scores nothing that was taken over, and tells how much that was', async () => {
    const job = await stopSomewhere(await workspace().invoke('echo', workspace().inputs(40)), dice(3), 4);
    const { files } = job.run.progress;
    expect(files).toBeGreaterThan(0);
    const resumed = await workspace().rerun(job, 'resume');
    await workspace().activities.plan(resumed.spec.key);
    const planned = await workspace().services.jobs.get(resumed.spec.name);
    expect(planned.run).toMatchObject({
      state: 'Running',
      plan: { files: 40, miniBatches: 20, takenOver: { files } },
      progress: { files, failedFiles: 0 },
    });
    const last = await workspace().run(resumed);
    expect(last.run.progress).toMatchObject({ files: 40, miniBatches: 20, tries: 20 });
    expect(await workspace().file(last, jobFileNames.overview)).toContain(
      `${files} files of ${job.spec.name}`,
    );
  });

  test('commits what the other one had whole, where that was cancelled at its very end', async () => {
    const { activities, services } = workspace();
    const job = await workspace().invoke('echo', workspace().inputs(9));
    const { lanes } = await activities.plan(job.spec.key);
    for (let lane = 0; lane < lanes; lane++) await workspace().lane(job.spec.key, lane);
    await services.jobs.cancel(job.spec.name, 'tester');
    await activities.finish(job.spec.key);
    const last = await workspace().run(await workspace().rerun(job, 'resume'));
    expect(last.run).toMatchObject({ state: 'Completed', plan: { takenOver: { files: 9 } } });
    expect(await workspace().predictions(last)).toBe(rowsOf(9));
  });

  test('has the files of the other one, whatever has become of the input', async () => {
    const input = workspace().inputs(80);
    const job = await stopSomewhere(await workspace().invoke('echo', input), dice(5), 2);
    expect(job.run.progress.files).toBeLessThan(78);
    rmSync(join(input, 'f000079.txt'));
    workspace().write(join(input.slice(workspace().folder.length + 1), 'f000000b.txt'), '1000');
    const last = await workspace().run(await workspace().rerun(job, 'resume'));
    expect(last.run).toMatchObject({ state: 'Completed', progress: { files: 80, failedFiles: 1 } });
    expect(await workspace().file(last, jobFileNames.failedFiles)).toContain('f000079.txt');
    expect(await workspace().predictions(last)).toBe(rowsOf(79));
  });

  test('is planned the same however often its planning is begun, and dies', async () => {
    const { services, activities } = workspace();
    const job = await stopSomewhere(await workspace().invoke('echo', workspace().inputs(60)), dice(7), 9);
    const resumed = await workspace().rerun(job, 'resume');
    const { blobs } = services.stores;
    const context = { ...services, blobs, machineLimit: 4 };
    // It dies at the first, the second, ... thing that it writes.
    for (let writes = 0; writes < 12; writes++) {
      let left = writes;
      const dying = <T>(work: () => Promise<T>): Promise<T> =>
        left-- > 0 ? work() : Promise.reject(new Error('killed'));
      const mortal = wrapped(blobs, {
        write: (...args: Parameters<typeof blobs.write>) => dying(() => blobs.write(...args)),
        commit: (...args: Parameters<typeof blobs.commit>) => dying(() => blobs.commit(...args)),
      });
      const claims = wrapped(services.claims, {
        takeOver: (...args: Parameters<typeof services.claims.takeOver>) =>
          dying(() => services.claims.takeOver(...args)),
      });
      await planJob({ ...context, blobs: mortal, claims }, resumed.spec.key).catch((error: unknown) =>
        expect(error).toMatchObject({ message: 'killed' }),
      );
    }
    const last = await workspace().run(resumed);
    expect(last.run.state).toBe('Completed');
    expect(await workspace().predictions(last)).toBe(rowsOf(60));
    await activities.plan(resumed.spec.key);
    expect((await services.jobs.get(resumed.spec.name)).run).toEqual(last.run);
  });

  test('lists the input itself where the other one was stopped before it had', async () => {
    const job = await workspace().invoke('echo', workspace().inputs(5));
    await workspace().services.jobs.cancel(job.spec.name, 'tester');
    await workspace().activities.finish(job.spec.key);
    const last = await workspace().run(await workspace().rerun(job, 'resume'));
    expect(await workspace().predictions(last)).toBe(rowsOf(5));
  });

  test('puts the files that the script wrote itself together from both', async () => {
    const writing = `
import os
def run(mini_batch):
    with open(os.path.join(os.environ["AZUREML_BI_OUTPUT_PATH"], "own.txt"), "a") as own:
        for path in mini_batch:
            own.write(open(path).read() + ";")
    return mini_batch
`;
    await workspace().endpoint('writing', writing, settings);
    const folder = join(workspace().folder, 'own-output');
    const job = await stopSomewhere(await workspace().invoke('writing', workspace().inputs(30)), dice(9), 5);
    const outputDataset = { path: `file://${folder}` };
    const last = await workspace().run(await workspace().rerun(job, 'resume', { outputDataset }));
    expect(last.run.state).toBe('Completed');
    const numbers = Array.from({ length: 30 }, (_, i) => `${i};`).join('');
    expect(readFileSync(join(folder, 'own.txt'), 'utf8')).toBe(numbers);
  });

  test.each([
    { format: 'csv', header: true, include: ['file', 'mini_batch'] },
    { format: 'jsonl' },
    { format: 'parquet' },
  ])('gives the bytes of one that nothing disturbed in the form %j too', async (outputOptions) => {
    const input = workspace().inputs(30);
    const columns = `
def run(mini_batch):
    return [{"text": open(path).read(), "half": int(open(path).read()) / 2} for path in mini_batch]
`;
    await workspace().endpoint('columns', columns, { ...settings, outputOptions, outputFileName: 'rows' });
    const whole = await workspace().run(await workspace().invoke('columns', input));
    const job = await stopSomewhere(await workspace().invoke('columns', input), dice(11), 4);
    expect(job.run.state).toBe('Canceled');
    const last = await workspace().run(await workspace().rerun(job, 'resume'));
    expect(last.run).toMatchObject({
      state: 'Completed',
      plan: { takenOver: { files: job.run.progress.files } },
    });
    const bytes = async ({ spec }: Job): Promise<string> => {
      const { store, name } = await workspace().services.destinations.open(spec.output);
      return (await buffer(await store.read(name))).toString('base64');
    };
    expect(await bytes(last)).toBe(await bytes(whole));
  });
});
