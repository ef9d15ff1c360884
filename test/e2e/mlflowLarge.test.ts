import { MlflowHost } from '../support/mlflowHost';

/** A CSV file with one column of so many rows. */
function aColumn(rows: number, value = '1'): string {
  return `a\n${`${value}\n`.repeat(rows)}`;
}

/** The fields of rows without quotes. */
function fieldsOf(rows: string): string[][] {
  return rows
    .trimEnd()
    .split('\n')
    .map((row) => row.split(','));
}

describe('a large table', () => {
  let scoring: MlflowHost;

  beforeAll(async () => {
    scoring = await MlflowHost.start();
  });

  afterAll(() => scoring.close());

  test('is predicted in chunks of 50,000 rows, and the numbers of its rows go on over them', async () => {
    const { rows } = await scoring.score('counting', { 'a.csv': aColumn(120_000), 'b.csv': aColumn(2) });
    const fields = fieldsOf(rows);
    expect(fields.map(([number]) => Number(number))).toEqual([...Array(120_000).keys(), 0, 1]);
    const chunks = [50_000, 50_000, 20_000, 2].flatMap((count) => Array<number>(count).fill(count));
    expect(fields.map(([, count]) => Number(count))).toEqual(chunks);
    expect(fields.map(([, , file]) => file)).toEqual(
      Array.from({ length: 120_002 }, (_, i) => (i < 120_000 ? 'a.csv' : 'b.csv')),
    );
  });

  test('is predicted in chunks of Parquet too, whatever its row groups are', async () => {
    const code = `
import pyarrow, pyarrow.parquet, sys
pyarrow.parquet.write_table(pyarrow.table({'a': [1] * 70000, 'b': ['x'] * 70000}), sys.argv[1], row_group_size=999)
`;
    scoring.run(code, scoring.write('groups/g.parquet', ''));
    const { rows } = await scoring.scoreFolder('counting', `${scoring.host.folder}/groups`);
    const fields = fieldsOf(rows);
    expect(fields.map(([number]) => Number(number))).toEqual([...Array(70_000).keys()]);
    expect(fields.map(([, count]) => Number(count))).toEqual(
      [50_000, 20_000].flatMap((count) => Array<number>(count).fill(count)),
    );
  });

  test('is predicted in chunks as large as BATCHPOINT_CHUNK_ROWS says, or all at once with 0', async () => {
    const files = { 'a.csv': aColumn(5) };
    const variables = (rows: string): object => ({ environmentVariables: { BATCHPOINT_CHUNK_ROWS: rows } });
    const two = await scoring.score('counting', files, variables('2'));
    expect(two.rows).toBe('0,2,a.csv\n1,2,a.csv\n2,2,a.csv\n3,2,a.csv\n4,1,a.csv\n');
    const all = await scoring.score('counting', { 'a.csv': aColumn(60_000) }, variables('0'));
    expect(fieldsOf(all.rows).every(([, count]) => count === '60000')).toBe(true);
    const odd = await scoring.score('counting', files, variables('many'));
    expect(odd.job.properties.error).toMatchObject({ code: 'InitFailed' });
    expect(odd.job.properties.error?.message).toContain(
      "BATCHPOINT_CHUNK_ROWS must be a number of rows, or 0 for whole files, not 'many'",
    );
  });

  test('fails where the model gives one prediction for all rows, unless it is asked about them at once', async () => {
    const files = { 'large.csv': aColumn(50_001), 'small.csv': aColumn(3) };
    const { rows, failed } = await scoring.score('summing', files);
    expect(rows).toBe('0,3,small.csv\n');
    expect(failed['large.csv']).toContain('predict() answered 50000 rows with 1');
    expect(failed['large.csv']).toContain('Set BATCHPOINT_CHUNK_ROWS=0 in environment_variables');
    const whole = await scoring.score('summing', files, {
      environmentVariables: { BATCHPOINT_CHUNK_ROWS: '0' },
    });
    expect(whole.rows).toBe('0,50001,large.csv\n0,3,small.csv\n');
  });

  test('keeps its numbers where it is split into mini-batches by rows, and names the row that does not fit', async () => {
    const lines = Array.from({ length: 25 }, (_, i) => (i === 17 ? 'x' : '1'));
    const { rows, failed } = await scoring.score(
      'counting',
      { 'a.csv': `a\n${lines.join('\n')}\n`, 'b.csv': aColumn(3) },
      { miniBatch: { by: 'rows', size: 10 } },
    );
    const numbers = [...Array(10).keys(), 20, 21, 22, 23, 24];
    expect(fieldsOf(rows).map(([row, , file]) => `${row} ${file}`)).toEqual([
      ...numbers.map((row) => `${row} a.csv`),
      ...[0, 1, 2].map((row) => `${row} b.csv`),
    ]);
    expect(Object.values(failed)).toEqual([
      "FileInvalid a.csv: row 17, column 'a': 'x', which is no whole number, as the model's signature wants it (long)",
    ]);
  });

  test('takes no more memory than a small one', async () => {
    const value = '0.1234567890123456789012345678901234567';
    const { rows } = await scoring.score('memory', {
      'a-chunk.csv': aColumn(50_000, value),
      'b-large.csv': aColumn(1_500_000, value),
    });
    const used = fieldsOf(rows).map(([, kilobytes]) => Number(kilobytes));
    expect(used).toHaveLength(1_550_000);
    const [small = 0, large = 0] = [used[0], used.at(-1)];
    expect(small).toBeGreaterThan(50_000);
    // All of it at once would be 370 MB more.
    expect(large - small).toBeLessThan(120_000);
  });
});
