import type { Job } from '../../../shared/jobs/jobStore';
import { useWorkspace } from '../../support/useWorkspace';

describe('what a script in JavaScript prints and reads', () => {
  const workspace = useWorkspace();

  async function scored(name: string, script: string, files: number, settings: object): Promise<Job> {
    await workspace().endpoint(name, script, settings, 'score.mjs');
    return workspace().run(await workspace().invoke(name, workspace().inputs(files)));
  }

  async function logs(
    name: string,
    script: string,
    files = 1,
    settings: object = {},
  ): Promise<{ stdout: string; stderr: string }> {
    const job = await scored(name, script, files, settings);
    const names = (await workspace().services.jobFiles.list(job)).map((file) => file.name);
    const read = async (folder: string): Promise<string> => {
      const found = names.filter((one) => one.startsWith(`logs/user/${folder}/`));
      return (await Promise.all(found.map((one) => workspace().file(job, one)))).join('');
    };
    return { stdout: await read('stdout'), stderr: await read('stderr') };
  }

  test('goes to the logs of its process, in order, init() first', async () => {
    const script = `
export async function init() { console.log('hello from init'); }
export async function run([path]) {
  console.log('scoring', path.at(-5));
  console.error('careful');
  return ['ok'];
}`;
    const { stdout, stderr } = await logs('prints', script, 2);
    expect(stdout).toBe('hello from init\nscoring 0\nscoring 1\n');
    expect(stderr).toBe('careful\ncareful\n');
  });

  test.each([
    ['Warning', 'log\n', 'warn\nerror\n'],
    ['Info', 'log\ninfo\n', 'warn\nerror\n'],
    ['Debug', 'log\ninfo\ndebug\n', 'warn\nerror\n'],
  ])('follows the logging level of the deployment: %s', async (loggingLevel, stdout, stderr) => {
    const script = `export function run(paths) {
  for (const level of ['log', 'info', 'debug', 'warn', 'error']) console[level](level);
  return paths;
}`;
    const printed = await logs(`level-${loggingLevel.toLowerCase()}`, script, 1, { loggingLevel });
    expect(printed).toEqual({ stdout, stderr });
  });

  test('by the megabyte is whole up to what is kept, and ends before its end marker', async () => {
    const script = `export function run(paths) {
  console.log('the start');
  for (let i = 0; i < 64; i++) console.log('x'.repeat(1 << 20));
  console.log('the end');
  return paths;
}`;
    const { stdout } = await logs('megabytes', script);
    expect(stdout.startsWith('the start\n')).toBe(true);
    expect(stdout.endsWith('the end\n')).toBe(true);
    expect(stdout).toMatch(/\n\[\.\.\. \d+ bytes left out \.\.\.\]\n/);
  });

  test('is not lost where the script never comes to an end', async () => {
    const script = `export function run(paths) {
  console.log('x'.repeat(1 << 19));
  console.log('the last word');
  for (;;);
}`;
    const settings = { retrySettings: { maxRetries: 1, timeout: 'PT1S' } };
    const { stdout } = await logs('last-word', script, 1, settings);
    expect(stdout.endsWith('x\nthe last word\n')).toBe(true);
    expect(stdout.length).toBe((1 << 19) + 1 + 'the last word\n'.length);
  });

  test('is not lost where the script exits', async () => {
    const script = `export function run(paths) {
  process.stdout.write('x'.repeat(1 << 19));
  process.exit(0);
}`;
    const { stdout } = await logs('exits', script, 1, { retrySettings: { maxRetries: 1 } });
    expect(stdout).toHaveLength(1 << 19);
  });

  test('may be binary, and come from threads and programs that it starts', async () => {
    const script = `import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
export async function run(paths) {
  process.stdout.write(Buffer.from(Array.from({ length: 256 }, (_, i) => i)));
  execFileSync('echo', ['from a program'], { stdio: 'inherit' });
  await once(new Worker('console.log("from a thread")', { eval: true }), 'exit');
  return paths;
}`;
    const { stdout } = await logs('sources', script);
    expect(stdout.slice(-29)).toBe('from a program\nfrom a thread\n');
    expect(Buffer.byteLength(stdout)).toBeGreaterThan(256);
  });

  test('stays out of the way where it closes or ends its own output', async () => {
    const script = `import { closeSync } from 'node:fs';
export function init() {
  closeSync(1);
  process.stderr.end();
}
export const run = (paths) => paths;`;
    const job = await scored('closes', script, 2, {});
    expect(job.run).toMatchObject({ state: 'Completed', progress: { rows: 2 } });
  });

  test('is empty on standard input: a script that reads it does not wait', async () => {
    const script = `import { text } from 'node:stream/consumers';
export async function run() { return [JSON.stringify(await text(process.stdin))]; }`;
    expect(await workspace().predictions(await scored('stdin', script, 1, {}))).toBe('""\n');
  });
});
