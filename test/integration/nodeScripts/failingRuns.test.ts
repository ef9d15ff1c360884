import type { Job } from '../../../shared/jobs/jobStore';
import { useWorkspace } from '../../support/useWorkspace';

describe('a run() in JavaScript that fails', () => {
  const workspace = useWorkspace();

  async function scored(name: string, script: string, settings: object = {}, files = 3): Promise<Job> {
    await workspace().endpoint(name, script, settings, 'score.mjs');
    return workspace().run(await workspace().invoke(name, workspace().inputs(files)));
  }

  const read =
    "import { readFileSync } from 'node:fs';\nconst text = (path) => readFileSync(path, 'utf8');\n";

  test.each([
    ['throws', 'export function run(paths) {'],
    ['rejects', 'export async function run(paths) { await null;'],
  ])(
    'and %s is tried as often as max_retries says, and then its files count as failed',
    async (how, head) => {
      const script = `${read}${head}
  if (paths.some((path) => text(path) === '4')) throw new RangeError('four is "bad"');
  return paths.map(text);
}`;
      const settings = { miniBatchSize: 2, retrySettings: { maxRetries: 3 } };
      const job = await scored(how, script, settings, 8);
      expect(await workspace().predictions(job)).toBe('0\n1\n2\n3\n6\n7\n');
      expect(job.run.progress).toMatchObject({ failedFiles: 2, failedMiniBatches: 1, tries: 6, rows: 6 });
      expect(job.run.failures).toMatchObject([
        { miniBatch: 2, code: 'RunRaised', exception: 'RangeError', tries: 3 },
      ]);
      expect(job.run.failures[0]?.message).toContain('run() raised RangeError: four is "bad"');
    },
  );

  test('tells the frames of the script, and none of what runs it', async () => {
    const script = `function inner() { throw new TypeError('too deep'); }
export function run() {
  inner();
}`;
    const job = await scored('frames', script, { retrySettings: { maxRetries: 1 } }, 1);
    expect(job.run.failures[0]?.traceback).toMatch(
      /^TypeError: too deep\n {4}at inner \(file:\/\/\/\S*\/score\.mjs:1:26\)\n {4}at \S+ \(file:\/\/\/\S*\/score\.mjs:3:3\)\n$/,
    );
  });

  test('tells what caused it, and that of its errors', async () => {
    const script = `class ModelError extends Error {}
export function run() {
  throw new ModelError('no score', { cause: new RangeError('below zero', { cause: 'the sensor' }) });
}`;
    const job = await scored('causes', script, { retrySettings: { maxRetries: 1 } }, 1);
    const [failure] = job.run.failures;
    expect(failure?.exception).toBe('ModelError');
    expect(failure?.traceback).toMatch(
      /^ModelError: no score\n.*\nCaused by RangeError: below zero\n.*\nCaused by string: the sensor\n$/,
    );
  });

  test.each([
    ['text', "'just text'", 'string: just text'],
    ['undefined', 'undefined', 'undefined: undefined'],
    ['object', '{ code: 7 }', 'Object: { code: 7 }'],
    ['null-prototype', 'Object.create(null)', 'object: [Object: null prototype] {}'],
    ['circular', '(() => { const a = new Error("round"); a.cause = a; return a; })()', 'Error: round'],
    ['hostile', 'new Proxy(new Error(), { get() { throw 1; } })', '(it cannot be shown)'],
    ['rejection', 'await Promise.reject(7)', 'number: 7'],
    ['without-message', 'new Error()', 'Error: '],
    ['flood', "new Error('x'.repeat(1e6))", 'xxx...'],
  ])('with something odd, %s, is told as well as it can be', async (name, thrown, message) => {
    const script = `export async function run() { throw ${thrown}; }`;
    const job = await scored(`odd-${name}`, script, { retrySettings: { maxRetries: 1 } }, 1);
    expect(job.run.failures[0]).toMatchObject({ code: 'RunRaised', tries: 1 });
    expect(job.run.failures[0]?.message).toContain(message);
    expect(job.run.failures[0]?.message.length).toBeLessThan(5_000);
    expect(job.run.failures[0]?.traceback?.length).toBeLessThan(5_000);
  });

  test('succeeds at its second try: nothing counts as failed, and the try is counted', async () => {
    const script = `${read}const tried = new Set();
export function run([path]) {
  if (tried.has(path)) return [text(path)];
  tried.add(path);
  throw new Error('not yet');
}`;
    const job = await scored('second', script, { retrySettings: { maxRetries: 2 } });
    expect(await workspace().predictions(job)).toBe('0\n1\n2\n');
    expect(job.run.progress).toMatchObject({ failedFiles: 0, tries: 6 });
  });

  test('by an error threshold of 0 stops the job at the first failed item', async () => {
    const script = `${read}export function run([path]) {
  if (text(path) === '5') throw new Error('bad');
  return [text(path)];
}`;
    const job = await scored('zero', script, { errorThreshold: 0, retrySettings: { maxRetries: 1 } }, 40);
    expect(job.run.error).toMatchObject({ code: 'ErrorThresholdExceeded' });
    expect(await workspace().file(job, 'partial/predictions.csv')).toBe('0\n1\n2\n3\n4\n');
  });
});
