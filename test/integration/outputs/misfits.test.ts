import { useOutputs } from '../../support/useOutputs';

describe('rows that cannot be written as the output is to be', () => {
  const { scored, fault, text, workspace } = useOutputs();

  const typed = (type: string): object => ({ columns: [{ name: 'prediction', type }] });

  test.each([
    ['bool', '[True, 1]', '1'],
    ['int64', '[1, 1.5]', '1.5'],
    ['int64', '[1, "2"]', '"2"'],
    ['double', '[1, "x"]', '"x"'],
    ['date', '["2026-01-02", "2026-02-30"]', '"2026-02-30"'],
    ['timestamp', '["2026-01-02T03:04:05", "today"]', '"today"'],
    ['bytes', '[None, "b"]', '"b"'],
  ])(
    'a column of type %s refuses a value of %s, and names column, row and value',
    async (type, list, value) => {
      expect(await fault(`return ${list}`, typed(type))).toMatchObject({
        code: 'ResultValueMisfit',
        miniBatch: 0,
        tries: 1,
        files: ['f000000.txt', 'f000001.txt'],
        message: expect.stringContaining(`The value ${value} of column 'prediction' in row 1 is no ${type}.`),
      });
    },
  );

  test.each([
    ['int64', '[1, 2.0]', '1\n2\n'],
    ['double', '[1, 2.5]', '1\n2.5\n'],
    ['string', '[{"prediction": 1}, {"prediction": [2]}]', '1\n[2]\n'],
    ['json', '["a", 1]', 'a\n1\n'],
    ['date', '["2026-01-02", None]', '2026-01-02\n""\n'],
    ['timestamp', '["2026-01-02 03:04:05.5+01:00", None]', '2026-01-02 03:04:05.5+01:00\n""\n'],
    ['bool', '[None, False]', '""\nfalse\n'],
  ])('are none of those that a column of type %s can take: %s', async (type, list, expected) => {
    expect(await text(`return ${list}`, typed(type))).toBe(expected);
  });

  test('a column that is not there is named, with those that are', async () => {
    expect(await fault('return [{"a": 1, "b": 2}] * 2', { columns: ['c'] })).toMatchObject({
      code: 'ResultColumnMissing',
      message: expect.stringContaining(
        "no column 'c', which settings.output.columns names. It has: 'a', 'b'.",
      ),
    });
    expect(await fault('return [(1, 2)] * 2', { columns: ['prediction_0', 'prediction_2'] })).toMatchObject({
      code: 'ResultColumnMissing',
    });
  });

  test('a key that no dictionary of a mini-batch has is empty, where others are there', async () => {
    expect(await text('return [{"a": 1}] * 2', { columns: ['b', 'a'] })).toBe(',1\n,1\n');
  });

  test('a column with the name of an included one is refused', async () => {
    expect(await fault('return [{"file": 1}] * 2', { include: ['file'] })).toMatchObject({
      code: 'ResultColumnTwice',
      message: expect.stringContaining("a column 'file' twice"),
    });
  });

  test('fail their own mini-batch, and not the others', async () => {
    const body = 'n = int(open(paths[0]).read())\nreturn ["x" if n == 2 else n]';
    const job = await scored(body, typed('int64'), { files: 5, settings: { miniBatchSize: 1 } });
    expect(job.run).toMatchObject({
      state: 'Completed',
      progress: { files: 5, failedFiles: 1, failedMiniBatches: 1, rows: 4, tries: 5 },
      failures: [{ code: 'ResultValueMisfit', miniBatch: 2, files: ['f000002.txt'] }],
    });
    expect(await workspace().predictions(job)).toBe('0\n1\n3\n4\n');
  });

  test('count for the error threshold', async () => {
    const body = 'return ["x"]';
    const settings = { miniBatchSize: 1, errorThreshold: 0 };
    const { run } = await scored(body, typed('int64'), { files: 3, settings });
    expect(run).toMatchObject({ state: 'Failed', error: { code: 'ErrorThresholdExceeded' } });
    expect(run.progress.miniBatches).toBeLessThanOrEqual(3);
  });

  test('leave nothing of the files that their script wrote meanwhile', async () => {
    const body = [
      'import os',
      'n = int(open(paths[0]).read())',
      'with open(os.path.join(os.environ["AZUREML_BI_OUTPUT_PATH"], "all.txt"), "a") as file: file.write(f"line {n}\\n")',
      'with open(os.path.join(os.environ["AZUREML_BI_OUTPUT_PATH"], f"own-{n}.txt"), "w") as file: file.write("x")',
      'return [n if n % 3 else "x"]',
    ].join('\n');
    const job = await scored(body, typed('int64'), { files: 8, settings: { miniBatchSize: 1 } });
    expect(await workspace().predictions(job)).toBe('1\n2\n4\n5\n7\n');
    const { run } = await workspace().services.jobs.get(job.spec.name);
    expect([...(run.result?.scriptFiles ?? [])].sort()).toEqual([
      'all.txt',
      ...[1, 2, 4, 5, 7].map((n) => `own-${n}.txt`),
    ]);
    expect(await workspace().file(job, 'named-outputs/score/all.txt')).toBe(
      'line 1\nline 2\nline 4\nline 5\nline 7\n',
    );
  });

  test('with other columns than before stop a job for CSV, which says which mini-batch it is', async () => {
    const body = 'n = int(open(paths[0]).read())\nreturn [{"a": n} if n < 3 else {"b": n}]';
    const job = await scored(body, { header: true }, { files: 5, settings: { miniBatchSize: 1 } });
    expect(job.run).toMatchObject({
      state: 'Failed',
      error: {
        code: 'OutputSchemaDiffers',
        message: expect.stringContaining('mini-batch 3 has b, and mini-batch 0 has a.'),
      },
    });
    expect(await workspace().file(job, 'partial/predictions.csv')).toBe('a\n0\n1\n2\n');
  });

  test('do not exist in JSON lines without declared columns', async () => {
    const body = 'n = int(open(paths[0]).read())\nreturn [{"a": n} if n < 1 else {"b": "x"}]';
    const more = { files: 2, settings: { miniBatchSize: 1 } };
    expect(await text(body, { format: 'jsonl' }, more)).toBe('{"a":0}\n{"b":"x"}\n');
  });
});
