import { parseArgs } from 'node:util';
import { benches } from './registry';

/** What is asked for on the command line. */
export interface BenchOptions {
  readonly help: boolean;
  readonly list: boolean;
  readonly million: boolean;
  /** Names of benchmarks; all where it is left out. */
  readonly only?: readonly string[];
  readonly rounds?: number;
  /** Where the result goes as JSON. */
  readonly json?: string;
  /** A result of an earlier run. */
  readonly compare?: string;
  /** A result that is compared instead of a new run. */
  readonly with?: string;
}

const width = 16;

/** What `--help` prints. */
export function helpText(): string {
  const options = [
    ['--only a,b', 'measures these alone'],
    ['--million', 'measures a job of a million mini-batches too, in engine-cost'],
    ['--rounds n', 'measures n rounds of each, instead of 3 to 7'],
    ['--json FILE', 'writes all figures and times there, instead of a new file in bench/results/'],
    ['--compare FILE', 'then prints the figures beside those of an earlier result'],
    ['--with FILE', 'with --compare: compares these two results, and measures nothing'],
    ['--list', 'prints the names of the benchmarks'],
    ['--help', 'prints this'],
  ];
  const line = ([name = '', what = '']: readonly string[]): string => `  ${name.padEnd(width)} ${what}\n`;
  return [
    'Measures Batchpoint. Run it on a machine that does nothing else.\n\n',
    'Usage: npm run bench -- [options]\n\n',
    ...options.map(line),
    '\nBenchmarks, and about how many minutes each takes:\n\n',
    listText(),
    '\nExamples:\n\n',
    '  npm run bench -- --million --json new.json\n',
    '  npm run bench -- --only engine-cost --compare old.json\n',
    '  npm run bench -- --compare old.json --with new.json\n',
  ].join('');
}

/** The names of all benchmarks with what they measure. */
export function listText(): string {
  return benches
    .map(({ name, what, minutes }) => `  ${name.padEnd(width)} ${String(minutes).padStart(3)}  ${what}\n`)
    .join('');
}

/** Reads the command line. Fails with what is wrong with it. */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      list: { type: 'boolean', default: false },
      million: { type: 'boolean', default: false },
      only: { type: 'string' },
      rounds: { type: 'string' },
      json: { type: 'string' },
      compare: { type: 'string' },
      with: { type: 'string' },
    },
  });
  const { only, rounds, ...rest } = values;
  if (rounds !== undefined && !/^[1-9]\d{0,2}$/.test(rounds))
    throw new Error(`--rounds takes a number from 1 to 999, and not '${rounds}'.`);
  if (rest.with !== undefined && rest.compare === undefined)
    throw new Error('--with needs --compare, which names the earlier result.');
  return {
    ...rest,
    ...(only === undefined ? {} : { only: only.split(',').map((name) => name.trim()) }),
    ...(rounds === undefined ? {} : { rounds: Number(rounds) }),
  };
}
