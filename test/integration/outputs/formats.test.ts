import { useOutputs } from '../../support/useOutputs';

const rows = `import datetime
return [{"n": int(open(path).read()), "half": int(open(path).read()) / 2, "text": "a, \\"b\\"\\n", "none": None,
         "when": datetime.datetime(2026, 1, 2, 3, 4, 5), "more": {"x": [1, None, float("nan")]}} for path in paths]`;

describe('the settings of an output', () => {
  const { text, scored, workspace } = useOutputs();

  test('format csv: commas, quotes where they are needed, line feeds, no header', async () => {
    expect(await text(rows, { format: 'csv' })).toBe(
      [0, 1].map((n) => `${n},${n / 2},"a, ""b""\n",,2026-01-02T03:04:05,"{""x"":[1,null,null]}"\n`).join(''),
    );
  });

  test('header: the names of the columns come first, once for all mini-batches', async () => {
    const settings = { miniBatchSize: 1 };
    expect(await text('return [{"a": 1, "b, c": 2}]', { header: true }, { files: 3, settings })).toBe(
      'a,"b, c"\n1,2\n1,2\n1,2\n',
    );
  });

  test.each([
    [';', 'a;"x;y"\n1;"x;y"\n'],
    ['\\t', 'a\tx;y\n1\tx;y\n'],
    ['\t', 'a\tx;y\n1\tx;y\n'],
    ['|', 'a|x;y\n1|x;y\n'],
    [']', 'a]x;y\n1]x;y\n'],
    ['^', 'a^x;y\n1^x;y\n'],
    [' ', 'a x;y\n1 x;y\n'],
  ])('delimiter %j stands between the fields', async (delimiter, expected) => {
    expect(await text('return [{"a": 1, "x;y": "x;y"}]', { delimiter, header: true }, { files: 1 })).toBe(
      expected,
    );
  });

  test('columns: a selection in another order, with types', async () => {
    const columns = ['text', { name: 'n', type: 'double' }, { name: 'when', type: 'string' }];
    expect(await text(rows, { format: 'jsonl', columns })).toBe(
      [0, 1].map((n) => `{"text":"a, \\"b\\"\\n","n":${n},"when":"2026-01-02T03:04:05"}\n`).join(''),
    );
  });

  test('include: the file of a row, its number and its mini-batch come first, in the order given', async () => {
    const include = ['mini_batch', 'file', 'row'];
    const settings = { miniBatchSize: 2 };
    expect(
      await text('return [len(path) for path in paths]', { include, header: true }, { files: 3, settings }),
    ).toMatch(
      /^mini_batch,file,row,prediction\n0,f000000.txt,0,\d+\n0,f000001.txt,1,\d+\n1,f000002.txt,0,\d+\n$/,
    );
  });

  test('include file is empty where it cannot be told which file a row is of', async () => {
    expect(await text('return list("abc")', { include: ['file', 'row'] })).toBe(',0,a\n,1,b\n,2,c\n');
  });

  test('formula_escape: texts that a spreadsheet would calculate get an apostrophe, numbers do not', async () => {
    const cells = ['=1+1', '+1', '-1', '@x', '\\tx', '\\rx', 'a=1', '']
      .map((cell, i) => `"c${i}": "${cell}"`)
      .join(', ');
    const body = `return [{${cells}, "n": -1, "d": -0.5, "mixed": "=1"}, {"mixed": -2}]`;
    expect(await text(body, { formulaEscape: true, header: true })).toBe(
      `c0,c1,c2,c3,c4,c5,c6,c7,n,d,mixed\n'=1+1,'+1,'-1,'@x,'\tx,"'\rx",a=1,"",-1,-0.5,'=1\n,,,,,,,,,,-2\n`,
    );
    expect(await text('return ["=1", "-x"]', { format: 'csv' })).toBe('=1\n-x\n');
  });

  test('format jsonl: an object for each row, with nested values as they are', async () => {
    const include = ['mini_batch', 'file', 'row'];
    const lines = (await text(rows, { format: 'jsonl', include })).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(
      [0, 1].map((n) => ({
        mini_batch: 0,
        file: `f00000${n}.txt`,
        row: n,
        n,
        half: n / 2,
        text: 'a, "b"\n',
        none: null,
        when: '2026-01-02T03:04:05',
        more: { x: [1, null, null] },
      })),
    );
  });

  test('that say nothing, or what is so anyway, leave the output as Azure writes it', async () => {
    const body = 'return [("a b", 1.0) for path in paths]';
    const plain = await scored(body, undefined);
    const said = await scored(body, { header: false, formulaEscape: false });
    expect(await workspace().predictions(plain)).toBe("('a b', 1.0)\n('a b', 1.0)\n");
    expect(await workspace().predictions(said)).toBe(await workspace().predictions(plain));
  });

  test('do not matter with summary_only: rows are counted, and not looked at', async () => {
    const columns = [{ name: 'missing', type: 'int64' }];
    const { run } = await scored(
      'return ["x"]',
      { format: 'parquet', columns },
      {
        settings: { outputAction: 'SummaryOnly' },
      },
    );
    expect(run).toMatchObject({ state: 'Completed', progress: { failedFiles: 1, files: 2, rows: 0 } });
    expect(run.result?.outputUri).toBeUndefined();
  });

  test('give the file a name that fits its format, unless it has one', async () => {
    const named = await scored(
      'return [1, 2]',
      { format: 'jsonl' },
      { settings: { outputFileName: 'rows.txt' } },
    );
    expect(named.spec.output.fileName).toBe('rows.txt');
    expect(named.spec.warnings).toEqual(["The output is called 'rows.txt', and its format is jsonl."]);
    const unnamed = await scored('return [1, 2]', { format: 'jsonl' });
    expect(unnamed.spec).toMatchObject({ output: { fileName: 'predictions.jsonl' }, warnings: [] });
  });
});
