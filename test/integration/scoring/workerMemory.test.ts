import { readFileSync } from 'node:fs';
import type { Job } from '../../../shared/jobs/jobStore';
import { useWorkspace } from '../../support/useWorkspace';

/** Mebibytes that a worker in Python has by itself, and what no test comes near by chance. */
const limit = 150;

/** Holds so many mebibytes, all of them touched. */
const hold = 'def hold(mebibytes):\n    return b"x" * (mebibytes << 20)\n';

/** Holds much for a while. */
const holding = `
import os, time
${hold}
def run(mini_batch):
    kept = hold(400)
    time.sleep(float(os.environ["SECONDS"]))
    return ["ok"]
`;

describe('the memory of a worker', () => {
  const workspace = useWorkspace();

  /** Scores three files one by one; `body` is done at that with a 1 in it. */
  async function scored(
    name: string,
    body: string,
    settings: object = { workerMemory: limit },
  ): Promise<Job> {
    const script = `
import os, subprocess, sys, time
${hold}
def run(mini_batch):
    if open(mini_batch[0]).read() == '1':
${body}
    return [open(mini_batch[0]).read()]
`;
    await workspace().endpoint(name, script, { retrySettings: { maxRetries: 2 }, ...settings });
    return workspace().run(await workspace().invoke(name, workspace().inputs(3)));
  }

  async function expectTooMuch(job: Job): Promise<void> {
    expect(await workspace().predictions(job)).toBe('0\n2\n');
    expect(job.run.progress).toMatchObject({ failedFiles: 1, tries: 4 });
    expect(job.run.failures[0]).toMatchObject({ miniBatch: 1, code: 'WorkerOutOfMemory', tries: 2 });
    const message = job.run.failures[0]?.message ?? '';
    const [, held] = /^The worker held (\d+) MiB of memory in run\(\)/.exec(message) ?? [];
    expect(Number(held)).toBeGreaterThan(limit);
    expect(message).toContain(`its limit is ${limit} MiB. Raise settings.worker_memory`);
  }

  test('has a limit: a run() that holds more is ended, which costs it a try, and the others go on', async () => {
    await expectTooMuch(await scored('eats', '        kept = hold(400)\n        time.sleep(600)'));
  });

  test('is that of the programs that it starts too', async () => {
    const child =
      '        subprocess.run([sys.executable, "-c", "import time; x = b\'x\' * (400 << 20); time.sleep(600)"])';
    await expectTooMuch(await scored('eats-in-child', child));
  });

  test('counts once what copies of it share', async () => {
    const body = `        kept = hold(90)
        copy = os.fork()
        if copy == 0:
            time.sleep(600)
        time.sleep(1)
        os.kill(copy, 9)
        os.waitpid(copy, 0)`;
    const job = await scored('shares', body);
    expect(job.run).toMatchObject({ state: 'Completed', progress: { failedFiles: 0, tries: 3 } });
  });

  test('has no limit where none is set', async () => {
    const job = await scored('free', '        kept = hold(400)\n        time.sleep(0.5)', {});
    expect(job.run).toMatchObject({ state: 'Completed', progress: { failedFiles: 0, tries: 3 } });
  });

  test('may be set for one job alone', async () => {
    await workspace().endpoint('one-job', holding, { retrySettings: { maxRetries: 1 } });
    const run = async (properties: object): Promise<Job> =>
      workspace().run(await workspace().invoke('one-job', workspace().inputs(1), properties));
    const limited = await run({ workerMemory: limit, environmentVariables: { SECONDS: '600' } });
    expect(limited.run.failures[0]?.code).toBe('WorkerOutOfMemory');
    expect((await run({ environmentVariables: { SECONDS: '1' } })).run.state).toBe('Completed');
  });

  test('of init() is limited too: the job stops, without another try', async () => {
    const tried = workspace().write('tried', '');
    const script = `import time\n${hold}
def init():
    open(${JSON.stringify(tried)}, 'a').write('x')
    kept = hold(400)
    time.sleep(600)
def run(mini_batch):
    return []
`;
    await workspace().endpoint('init-eats', script, { workerMemory: limit });
    const job = await workspace().run(await workspace().invoke('init-eats', workspace().inputs(1)));
    expect(job.run).toMatchObject({ state: 'Failed', error: { code: 'WorkerOutOfMemory' } });
    expect(job.run.error?.message).toContain('MiB of memory in init()');
    expect(readFileSync(tried, 'utf8')).toBe('x');
  });

  test('of a script in JavaScript is limited as well', async () => {
    const script = `
exports.run = async (paths) => {
  const kept = [Buffer.alloc(600 << 20, 1)];
  await new Promise((resolve) => setTimeout(resolve, 600_000));
  return kept;
};
`;
    const settings = { workerMemory: 300, retrySettings: { maxRetries: 1 } };
    await workspace().endpoint('node-eats', script, settings, 'score.cjs');
    const job = await workspace().run(await workspace().invoke('node-eats', workspace().inputs(1)));
    expect(job.run.failures[0]).toMatchObject({ code: 'WorkerOutOfMemory' });
  });
});

describe('the memory of a worker, where the host has a limit for all', () => {
  const workspace = useWorkspace({ BATCHPOINT_WORKER_MEMORY: String(limit) });

  async function scored(name: string, seconds: number, settings: object): Promise<Job> {
    const environmentVariables = { SECONDS: String(seconds) };
    const more = { retrySettings: { maxRetries: 1 }, environmentVariables, ...settings };
    await workspace().endpoint(name, holding, more);
    return workspace().run(await workspace().invoke(name, workspace().inputs(1)));
  }

  test('is limited by that', async () => {
    expect((await scored('host-limit', 600, {})).run.failures[0]?.code).toBe('WorkerOutOfMemory');
  });

  test('is limited by what its deployment says instead', async () => {
    expect((await scored('own-limit', 1, { workerMemory: 2_000 })).run.state).toBe('Completed');
  });
});
