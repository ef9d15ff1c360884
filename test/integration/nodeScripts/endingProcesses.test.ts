import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../../../bench/product/until';
import type { Job } from '../../../shared/jobs/jobStore';
import { identityOf } from '../../../shared/scoring/processIdentity';
import { useWorkspace } from '../../support/useWorkspace';

const read =
  "import { readFileSync, writeFileSync } from 'node:fs';\nconst text = (path) => readFileSync(path, 'utf8');\n";

describe('a process of a script in JavaScript that ends or hangs', () => {
  const workspace = useWorkspace();

  async function scored(name: string, script: string, settings: object = {}, files = 5): Promise<Job> {
    await workspace().endpoint(name, read + script, settings, 'score.mjs');
    return workspace().run(await workspace().invoke(name, workspace().inputs(files)));
  }

  /** Fails at the third of five files as the body does, and has only that one fail. */
  async function failsAlone(name: string, body: string, settings: object = {}): Promise<string> {
    const script = `export async function run([path]) { if (text(path) === '2') { ${body} } return [text(path)]; }`;
    const job = await scored(name, script, { retrySettings: { maxRetries: 2 }, ...settings });
    expect(await workspace().predictions(job)).toBe('0\n1\n3\n4\n');
    expect(job.run.failures).toHaveLength(1);
    expect(job.run.failures[0]).toMatchObject({ miniBatch: 2, tries: 2 });
    return `${job.run.failures[0]?.code}: ${job.run.failures[0]?.message}`;
  }

  test('is replaced when it exits, which is told with its place', async () => {
    const message = await failsAlone('exits', 'process.exit(7);');
    expect(message).toMatch(/^WorkerDied: .*exit code 7.*process\.exit\(7\) was called.*score\.mjs:3/);
  });

  test('is told with the error that nobody caught, in a timer', async () => {
    const body = "setTimeout(() => { throw new Error('in a timer'); }); await new Promise(() => {});";
    expect(await failsAlone('timer', body)).toMatch(/^WorkerDied: .*exit code 1.*in a timer/);
  });

  test('is told with the rejection that nobody handled', async () => {
    const body = "Promise.reject(new Error('left alone')); await new Promise(() => {});";
    expect(await failsAlone('rejection', body)).toMatch(/^WorkerDied: .*exit code 1.*left alone/);
  });

  test('is told with its signal', async () => {
    expect(await failsAlone('signal', "process.kill(process.pid, 'SIGSEGV');")).toContain('SIGSEGV');
  });

  test('is told so when it runs out of memory', async () => {
    const environmentVariables = { NODE_OPTIONS: '--max-old-space-size=64' };
    const message = await failsAlone('memory', 'const kept = []; for (;;) kept.push({});', {
      environmentVariables,
    });
    expect(message).toMatch(/^WorkerDied: .*heap out of memory/);
  });

  test('is ended when it holds more memory than its deployment allows, with what it has started', async () => {
    const body = 'const kept = []; for (;;) kept.push(Buffer.alloc(1 << 22, 1));';
    const message = await failsAlone('limit', body, { workerMemory: 300 });
    expect(message).toMatch(/^WorkerOutOfMemory: .*its limit is 300 MiB/);
  });

  test.each([
    ['waits', 'await new Promise(() => {});'],
    ['spins', 'for (;;);'],
  ])('is killed at the timeout of run() where it %s', async (how, body) => {
    const message = await failsAlone(how, body, { retrySettings: { maxRetries: 2, timeout: 'PT1S' } });
    expect(message).toMatch(/^RunTimedOut: .*timeout of 1 seconds/);
  });

  test('takes the processes that it has started with it', async () => {
    const marker = join(workspace().folder, 'child.pid');
    const script = `import { spawn } from 'node:child_process';
export function run() {
  writeFileSync(${JSON.stringify(marker)}, String(spawn('sleep', ['600']).pid));
  for (;;);
}`;
    await scored('family', script, { retrySettings: { maxRetries: 1, timeout: 'PT1S' } }, 1);
    expect(identityOf(Number(readFileSync(marker, 'utf8')))).toBeUndefined();
  });

  test('by a person ends the run() at work within two seconds', async () => {
    const marker = join(workspace().folder, 'spinning');
    const script = `export function run() { writeFileSync(${JSON.stringify(marker)}, ''); for (;;); }`;
    await workspace().endpoint('cancelled', read + script, {}, 'score.mjs');
    const made = await workspace().invoke('cancelled', workspace().inputs(3));
    const running = workspace().run(made);
    await until(
      () => existsSync(marker),
      (there) => there,
    );
    const began = performance.now();
    await workspace().services.jobs.cancel(made.spec.name, 'somebody');
    expect((await running).run.state).toBe('Canceled');
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  test('calls shutdown() when it is let go, and waits for it', async () => {
    const marker = join(workspace().folder, 'shut-down');
    const script = `export const run = (paths) => paths;
export async function shutdown() {
  await new Promise((resolve) => setTimeout(resolve, 50));
  writeFileSync(${JSON.stringify(marker)}, 'yes');
}`;
    await scored('shuts', script, {}, 1);
    expect(existsSync(marker)).toBe(false);
    await workspace().services.pool.retireIdle(0);
    expect(readFileSync(marker, 'utf8')).toBe('yes');
  });
});

describe('the pipe to the host of a script in JavaScript', () => {
  const workspace = useWorkspace();

  async function failure(name: string, body: string): Promise<string> {
    const script = `import fs from 'node:fs';
export async function run([path]) {
  const text = fs.readFileSync(path, 'utf8');
  if (text === '2') { ${body} }
  return [text];
}`;
    await workspace().endpoint(name, script, { retrySettings: { maxRetries: 1 } }, 'score.mjs');
    const job = await workspace().run(await workspace().invoke(name, workspace().inputs(5)));
    expect(await workspace().predictions(job)).toBe('0\n1\n3\n4\n');
    expect(job.run.failures).toMatchObject([{ miniBatch: 2, code: 'WorkerDied', tries: 1 }]);
    return job.run.failures[0]?.message ?? '';
  }

  test('takes nothing that the script writes to it', async () => {
    expect(await failure('garbage', "fs.writeSync(3, 'garbage\\n');")).toContain(
      'wrote to the pipe to the host',
    );
  });

  test('takes no result that the script makes up', async () => {
    const forged = `fs.writeSync(3, '["done",4,0.1,1,1,0,[],{}]\\n');`;
    expect(await failure('forged', forged)).toContain('wrote to the pipe to the host');
  });

  test('is missed at once where the script closes it', async () => {
    expect(await failure('closed', 'fs.closeSync(3);')).toContain(
      'closed descriptors that it has not opened',
    );
  });

  test('is missed where the script closes it and opens a file in its place, and nothing is written there', async () => {
    const place = join(workspace().folder, 'in-its-place');
    const body = `fs.closeSync(3); fs.openSync(${JSON.stringify(place)}, 'w');`;
    expect(await failure('replaced', body)).toContain('closed descriptors that it has not opened');
    expect(readFileSync(place, 'utf8')).toBe('');
  });

  test('is missed where the script closes it and goes on for ever', async () => {
    const message = await failure('spinning', 'fs.closeSync(3); for (;;);');
    expect(message).toContain('the script has closed the pipe to the host');
  });
});
