import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { LocalInput } from '../../shared/inputs/localInput';
import type { ManifestEntry } from '../../shared/planning/manifestEntry';
import { RowSplitter } from '../../shared/planning/splitRows';
import { PartMaker } from '../../shared/scoring/parts/partMaker';
import { isPart } from '../../shared/planning/manifestEntry';
import { MlflowHost } from '../support/mlflowHost';

const never = new AbortController().signal;

describe('tables that are split by rows', () => {
  let scoring: MlflowHost;

  beforeAll(async () => {
    scoring = await MlflowHost.start();
  });

  afterAll(() => scoring.close());

  const python = (...args: string[]): string =>
    execFileSync(scoring.python, [join(__dirname, '../support/parquetTypes.py'), ...args], {
      encoding: 'utf8',
    });

  test.each([
    ['Snappy', ['compression="snappy"', 'data_page_size=500']],
    ['Zstandard', ['compression="zstd"']],
    ['gzip and newer pages', ['compression="gzip"', 'data_page_version="2.0"', 'write_page_index=true']],
    [
      'no compression and other encodings',
      [
        'compression="none"',
        'use_dictionary=false',
        'column_encoding={"int32": "DELTA_BINARY_PACKED", "string": "DELTA_BYTE_ARRAY", "double": "BYTE_STREAM_SPLIT"}',
      ],
    ],
    ['timestamps of 96 bits', ['use_deprecated_int96_timestamps=true']],
  ])('keep all types and values of Parquet, with %s', async (what, options) => {
    const file = scoring.write(`types/${what}/all.parquet`, '');
    python('write', file, ...options);
    const source = new LocalInput(join(file, '..'), 'folder');
    const entries: ManifestEntry[] = [];
    for await (const [entry] of new RowSplitter(source, 400, never).split(source.list({ sizes: true })))
      if (entry !== undefined) entries.push(entry);
    const parts = entries.filter(isPart);
    expect(parts.map(({ from, to }) => [from, to])).toEqual([
      [0, 400],
      [400, 800],
      [800, 1000],
    ]);
    const maker = new PartMaker(source, join(scoring.host.folder, `parts-${what}`), never);
    for (const [i, part] of parts.entries()) {
      const path = await maker.make(part, i);
      expect(python('compare', file, path, String(part.from), String(part.to))).toBe('');
    }
    await maker.close();
  });

  test('are scored by MLflow as whole ones, with the numbers and names of the whole files', async () => {
    const kinds = ['fixed', 'normal', 'reversible'];
    const rows = Array.from({ length: 30 }, (_, i) => `${20 + i},${i / 8},${kinds[i % 3] ?? ''}\r\n`);
    const csv = `age,rate,kind\r\n${rows.join('')}`;
    const code = 'import pandas, sys; pandas.read_csv(sys.argv[1]).to_parquet(sys.argv[2])';
    const folder = join(scoring.host.folder, 'split');
    scoring.run(code, scoring.write('split/more/a.csv', csv), scoring.write('split/b.parquet', ''));
    const whole = await scoring.scoreFolder('table', folder);
    const split = await scoring.scoreFolder('table', folder, { miniBatch: { by: 'rows', size: 7 } });
    expect(split.job.properties.progress).toMatchObject({ filesDone: 10, filesFailed: 0, rows: 60 });
    expect(split.rows).toBe(whole.rows);
    expect(split.rows).toContain('\n29,');
    expect(split.rows).toContain(',more/a.csv\n');
  });
});
