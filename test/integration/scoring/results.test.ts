import { useWorkspace } from '../../support/useWorkspace';

describe('what run() gives back', () => {
  const workspace = useWorkspace();

  async function scored(
    name: string,
    body: string,
    settings: object = {},
    files = 2,
  ): ReturnType<typeof run> {
    await workspace().endpoint(name, `def run(mini_batch):\n${body}`, {
      miniBatchSize: 2,
      retrySettings: { maxRetries: 1 },
      ...settings,
    });
    return run(name, files);
  }

  async function run(
    name: string,
    files: number,
  ): Promise<Awaited<ReturnType<ReturnType<typeof workspace>['run']>>> {
    return workspace().run(await workspace().invoke(name, workspace().inputs(files)));
  }

  test('is a list or a tuple: one str() a line', async () => {
    const job = await scored(
      'list',
      '    return [1.5, "a b"] if "0" in mini_batch[0][-5] else (None, True)\n',
      {},
      4,
    );
    expect(await workspace().predictions(job)).toBe('1.5\na b\nNone\nTrue\n');
  });

  test.each([
    ['none', 'None', 'run() returned None'],
    ['dict', '{"a": 1}', "run() returned a value of type 'dict'"],
    ['text', '"abc"', "run() returned a value of type 'str'"],
    ['number', '7', "run() returned a value of type 'int'"],
    ['generator', '(x for x in mini_batch)', "run() returned a value of type 'generator'"],
  ])('of a wrong type, such as %s, is an error that says so', async (name, value, message) => {
    const job = await scored(`wrong-${name}`, `    return ${value}\n`);
    expect(job.run.state).toBe('Failed');
    expect(job.run.failures[0]).toMatchObject({ code: 'ResultInvalid' });
    expect(job.run.failures[0]).not.toHaveProperty('traceback');
    expect(job.run.failures[0]?.message).toContain(message);
    expect(job.run.failures[0]?.message).toContain('return a list, a tuple, a pandas DataFrame or Series');
  });

  test('with fewer elements than files counts the missing ones as failed, without another try', async () => {
    const job = await scored('fewer', '    return ["only one"]\n', { retrySettings: { maxRetries: 3 } }, 4);
    expect(job.run.progress).toMatchObject({ failedFiles: 2, failedMiniBatches: 0, tries: 2, rows: 2 });
    expect(job.run.failures[0]).toMatchObject({
      code: 'TooFewResults',
      failed: 1,
      files: ['f000000.txt', 'f000001.txt'],
    });
    expect(await workspace().predictions(job)).toBe('only one\nonly one\n');
  });

  test('with no elements counts all files as failed', async () => {
    const job = await scored('empty', '    return []\n');
    expect(job.run.state).toBe('Failed');
    expect(job.run.error?.code).toBe('NoSucceededItem');
  });

  test('with more elements than files is legal', async () => {
    const job = await scored('more', '    return list("abc")\n');
    expect(job.run.progress).toMatchObject({ failedFiles: 0, rows: 3 });
  });

  test('is only counted where output_action is summary_only', async () => {
    const job = await scored('summary', '    return ["x"]\n', { outputAction: 'SummaryOnly' });
    expect(job.run.state).toBe('Completed');
    expect(job.run.progress).toMatchObject({ failedFiles: 1, files: 2, rows: 0 });
    expect(job.run.result?.outputUri).toBeUndefined();
    await expect(workspace().predictions(job)).rejects.toThrow('has no file');
  });

  test('of no file at all does not fail a job that only counts', async () => {
    const job = await scored('summary-none', '    return []\n', { outputAction: 'SummaryOnly' });
    expect(job.run.state).toBe('Completed');
    expect(job.run.progress).toMatchObject({ failedFiles: 2 });
  });
});
