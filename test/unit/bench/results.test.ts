import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readOptions } from '../../../bench/commandLine';
import type { Figure } from '../../../bench/figure';
import { growthExponent } from '../../../bench/job/growth';
import { timeBound } from '../../../bench/measuring/lowerBound';
import { benches, benchesNamed } from '../../../bench/registry';
import { comparisonText } from '../../../bench/report/compare';
import { thisMachine } from '../../../bench/report/machine';
import { readResult, writeResult, type BenchResult } from '../../../bench/report/resultFile';
import { tableOf } from '../../../bench/report/table';

const disk = { megabytesPerSecond: 100, syncMilliseconds: 1 };

const figure = (id: string, median: number, more: Partial<Figure> = {}): Figure => ({
  id,
  what: `the ${id}`,
  unit: 's',
  least: median,
  median,
  from: '',
  raw: { milliseconds: [median] },
  ...more,
});

const result = (figures: readonly Figure[]): BenchResult => ({
  date: '2026-11-26T00:00:00.000Z',
  machine: thisMachine(),
  disk,
  options: { million: false },
  seconds: {},
  figures,
});

describe('the results of benchmarks', () => {
  test('are a table with goals, whether they are met, and lower bounds', () => {
    const bound = timeBound(6_000, { scorers: 8_000, processes: 2, bytes: 1e6 }, disk);
    const lines = tableOf([
      figure('job', 6_000, { atMost: 5_000, bound }),
      figure('other', 4_000, { atMost: 5_000, least: 3_000 }),
    ]).split('\n');
    const cells = (line = ''): string[] => line.split('|').map((cell) => cell.trim());
    expect(cells(lines[2])).toEqual([
      '',
      'the job',
      'at most 5.00 s: missed',
      '6.00 s',
      expect.stringMatching(/^(4|8)\.00 s: 8\.00 s of the scorers over [12] cores$/) as string,
      expect.stringMatching(/^(1\.50|0\.75)$/) as string,
      '',
      '',
    ]);
    expect(cells(lines[3])).toEqual([
      '',
      'the other',
      'at most 5.00 s: met',
      '4.00 s (least 3.00 s)',
      '',
      '',
      '',
      '',
    ]);
  });

  test('take the disk as the bound of work that writes more than it scores', () => {
    const bound = timeBound(6_000, { scorers: 10, processes: 2, bytes: 300e6 }, disk);
    expect(bound).toEqual({ value: 3_000, unit: 's', ratio: 2, from: '300.0 MB at the speed of the disk' });
  });

  test('are compared figure by figure, whatever else one of them has', () => {
    const before = result([figure('job', 4_000), figure('gone', 1), figure('none', 0)]);
    const text = comparisonText(
      before,
      result([figure('job', 5_000), figure('fresh', 1), figure('none', 0)]),
    );
    expect(text).toMatch(/^\| the job +\| 4\.00 s \| 5\.00 s \| 1\.25 +\|/m);
    expect(text).toMatch(/^\| the none +\| 0\.00 s \| 0\.00 s \| 1\.00 +\|/m);
    expect(text).toContain('1 measured before and not now: gone.');
    expect(text).toContain('1 not measured before: fresh.');
    expect(text).not.toContain('machines differ');
  });

  test('say where they come from different machines', () => {
    const before = result([]);
    const other = { ...before, machine: { ...before.machine, cores: 64 } };
    expect(comparisonText(other, before)).toContain(`(cores: 64, now ${before.machine.cores})`);
  });

  test('are read as they were written, and nothing else is', () => {
    const folder = mkdtempSync(join(tmpdir(), 'batchpoint-bench-'));
    try {
      const path = join(folder, 'new/result.json');
      const written = result([figure('job', 4_000)]);
      writeResult(path, written);
      expect(readResult(path)).toMatchObject(written);
      expect(() => readResult(join(__dirname, '../../../package.json'))).toThrow('is not a result');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

test('growth is the slope over all sizes, not of the first and the last alone', () => {
  const square = [1, 10, 100].map((size) => ({ size, time: size ** 2 }));
  expect(growthExponent(square)).toBeCloseTo(2);
  const bent = [
    { size: 1, time: 1 },
    { size: 10, time: 100 },
    { size: 100, time: 100 },
    { size: 1_000, time: 1_000 },
  ];
  expect(growthExponent(bent)).toBeCloseTo(0.9);
});

describe('the command line of the benchmarks', () => {
  test('takes names, rounds and files', () => {
    expect(readOptions(['--only', 'http, stores', '--rounds', '2', '--json', 'x.json'])).toMatchObject({
      only: ['http', 'stores'],
      rounds: 2,
      json: 'x.json',
    });
    expect(benchesNamed(['stores', 'http']).map(({ name }) => name)).toEqual(['http', 'stores']);
    expect(benchesNamed(undefined)).toBe(benches);
  });

  test.each([
    [['--rounds', '0'], '--rounds takes a number'],
    [['--with', 'b.json'], '--with needs --compare'],
    [['--fast'], "'--fast'"],
  ])('refuses %j with a word of what is wrong', (args, told) => {
    expect(() => readOptions(args)).toThrow(told);
  });

  test('names the benchmarks that there are where one is asked for that is not', () => {
    expect(() => benchesNamed(['jobs'])).toThrow(/^There is no benchmark 'jobs'\. There are: whole-job, /);
  });
});
