import { MlflowHost } from '../support/mlflowHost';

/** What a model gives for three rows, and the rows of the output, without their file. */
const kinds: readonly (readonly [kind: string, rows: readonly string[]])[] = [
  ['vector', ['0.0', '0.1', '0.2']],
  ['matrix', ['0.0,0.5', '1.0,1.5', '2.0,2.5']],
  ['cube', ['"[[0, 1], [2, 3]]"', '"[[4, 5], [6, 7]]"', '"[[8, 9], [10, 11]]"']],
  ['gaps', ['1.5', '', '']],
  ['records', ['"a, b",0.0', '"a, b",0.25', '"a, b",0.5']],
  ['arrays', ['x,"[1.0, 1.0]"', 'x,"[1.0, 1.0]"', 'x,"[1.0, 1.0]"']],
  ['nested', [`"{'a': 0.5, 'b': [1]}"`, `"{'a': 0.5, 'b': [1]}"`, `"{'a': 0.5, 'b': [1]}"`]],
  ['series', ['text', 'text', 'text']],
  ['ragged', ['[]', '[0]', '"[0, 1]"']],
  ['times', ['2026-01-02 00:00:00,True,', '2026-01-02 00:00:00,True,', '2026-01-02 00:00:00,True,']],
];

describe('what an MLflow model predicts', () => {
  let scoring: MlflowHost;
  let lines: string[];

  beforeAll(async () => {
    scoring = await MlflowHost.start();
    const files = kinds.map(([kind]) => [`${kind}.csv`, `kind\n${`${kind}\n`.repeat(3)}`] as const);
    const { rows } = await scoring.score('kinds', Object.fromEntries(files));
    lines = rows.split('\n');
  });

  afterAll(() => scoring.close());

  test.each(kinds)('becomes a row for each row of the input: %s', (kind, rows) => {
    const file = `${kind}.csv`;
    expect(lines.filter((line) => line.endsWith(`,${file}`))).toEqual(
      rows.map((row, number) => `${number},${row},${file}`),
    );
  });

  test('has names where the output is to have a header: those of the model, or the one of the contract', async () => {
    const { rows } = await scoring.score(
      'kinds',
      { 'a.csv': 'kind\nrecords\nrecords\n' },
      { outputOptions: { format: 'jsonl', include: ['file', 'row'] } },
    );
    expect(rows).toBe(
      '{"file":"a.csv","row":0,"label":"a, b","score":0}\n{"file":"a.csv","row":1,"label":"a, b","score":0.25}\n',
    );
    const vector = await scoring.score(
      'kinds',
      { 'a.csv': 'kind\nvector\nvector\n' },
      { outputOptions: { format: 'csv', header: true, include: ['row'] } },
    );
    expect(vector.rows).toBe('row,prediction\n0,0\n1,0.1\n');
  });

  test('is not written with summary_only, and its rows still count as scored', async () => {
    const { job, rows } = await scoring.score(
      'kinds',
      { 'v.csv': 'kind\nvector\nvector\n', 'bad.csv': 'sort\nvector\n' },
      { outputAction: 'SummaryOnly' },
    );
    expect(job.properties).toMatchObject({
      status: 'Completed',
      progress: { filesDone: 2, filesFailed: 1, rows: 0 },
    });
    expect(rows).toBe('');
  });
});
