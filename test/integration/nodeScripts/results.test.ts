import type { Job } from '../../../shared/jobs/jobStore';
import { useWorkspace } from '../../support/useWorkspace';

describe('what run() of a script in JavaScript gives back', () => {
  const workspace = useWorkspace();

  async function scored(name: string, value: string, settings: object = {}, files = 2): Promise<Job> {
    const script = `export async function run(paths) { return ${value}; }`;
    const retrySettings = { maxRetries: 1 };
    await workspace().endpoint(name, script, { miniBatchSize: 2, retrySettings, ...settings }, 'score.mjs');
    return workspace().run(await workspace().invoke(name, workspace().inputs(files)));
  }

  test.each([
    ['text', "['a b', 'ü']", 'a b\nü\n'],
    ['numbers', '[1, 1.5, -0.1e-20, 1e21, NaN, Infinity, 12n]', '1\n1.5\n-1e-21\n1e+21\nNaN\nInfinity\n12\n'],
    ['truth', '[true, false, null, undefined]', 'true\nfalse\nnull\nundefined\n'],
    ['typed', 'new Float64Array([0.1, 2])', '0.1\n2\n'],
    ['big', 'new BigInt64Array([9007199254740993n, -1n])', '9007199254740993\n-1\n'],
    [
      'objects',
      "[{ file: 'a', score: 0.5 }, { deep: [{ x: 1n }] }]",
      '{"file":"a","score":0.5}\n{"deep":[{"x":"1"}]}\n',
    ],
    ['arrays', '[[1, "a"], new Float32Array([0.5, 2])]', '[1,"a"]\n[0.5,2]\n'],
    [
      'dates',
      '[new Date(0), { at: new Date(0) }]',
      '1970-01-01T00:00:00.000Z\n{"at":"1970-01-01T00:00:00.000Z"}\n',
    ],
    ['maps', "[new Map([['a', 1]]), new Set([1, 2])]", '{"a":1}\n[1,2]\n'],
    ['urls', "[new URL('http://example.com/a'), 'x']", 'http://example.com/a\nx\n'],
    ['lines', "['a\\nb', 'c']", 'a\nb\nc\n'],
  ])('is a line for each element: %s', async (name, value, rows) => {
    const job = await scored(name, value);
    expect(job.run.failures).toEqual([]);
    expect(await workspace().predictions(job)).toBe(rows);
  });

  test.each([
    ['undefined', 'undefined', 'run() returned undefined: return an array'],
    ['null', 'null', 'run() returned null: return an array'],
    ['object', '{ a: 1 }', "run() returned a value of type 'Object': return an array"],
    ['text', "'abc'", "run() returned a value of type 'string': return an array"],
    ['set', 'new Set(paths)', "run() returned a value of type 'Set': return an array"],
    ['buffer', "Buffer.from('abc')", "run() returned a value of type 'Buffer': return an array"],
    [
      'generator',
      '(function* () { yield 1; })()',
      "run() returned a value of type 'Generator': return an array, or a typed array of numbers, with one element for each file that was scored. A generator becomes one by Array.from(...)",
    ],
    ['promises', 'paths.map(async (path) => path)', 'element 0 is a promise: return await Promise.all(...)'],
    [
      'function',
      '["a", () => 1]',
      'element 1 of the result of run() cannot be written as a row: it is a function',
    ],
    [
      'circular',
      '(() => { const a = {}; a.a = a; return [a]; })()',
      'element 0 of the result of run() cannot be written as a row: Converting circular',
    ],
    [
      'date',
      '[new Date("never")]',
      'element 0 of the result of run() cannot be written as a row: Invalid time value',
    ],
  ])('of a wrong type, such as %s, is an error that says so', async (name, value, message) => {
    const job = await scored(`wrong-${name}`, value);
    expect(job.run.state).toBe('Failed');
    expect(job.run.failures[0]).toMatchObject({ code: 'ResultInvalid' });
    expect(job.run.failures[0]).not.toHaveProperty('traceback');
    expect(job.run.failures[0]?.message).toContain(message);
  });

  test('with fewer elements than files counts the missing ones as failed, without another try', async () => {
    const job = await scored('fewer', "['only one']", { retrySettings: { maxRetries: 3 } }, 4);
    expect(job.run.progress).toMatchObject({ failedFiles: 2, failedMiniBatches: 0, tries: 2, rows: 2 });
    expect(job.run.failures[0]).toMatchObject({ code: 'TooFewResults', failed: 1 });
  });

  test('with no elements counts all files as failed', async () => {
    expect((await scored('empty', '[]')).run.error?.code).toBe('NoSucceededItem');
  });

  test('with more elements than files is legal', async () => {
    expect((await scored('more', "['a', 'b', 'c']")).run.progress).toMatchObject({ failedFiles: 0, rows: 3 });
  });

  test('is only counted where output_action is summary_only', async () => {
    const job = await scored('summary', "['x']", { outputAction: 'SummaryOnly' });
    expect(job.run.state).toBe('Completed');
    expect(job.run.progress).toMatchObject({ failedFiles: 1, files: 2, rows: 0 });
    await expect(workspace().predictions(job)).rejects.toThrow('has no file');
  });
});
