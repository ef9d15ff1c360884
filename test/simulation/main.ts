import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { mutations } from './mutations';
import { nothingDone, runRange, sumOf, type FoundViolation, type RangeResult, type SeedRange } from './range';
import { simulate } from './verdict';

const usage = `npm run simulate -- [options]
  --seeds <n>       seeds to run (10000)
  --from <seed>     the first of them (1)
  --seed <seed>     runs one seed, and tells what did not hold
  --trace           tells every step of it
  --processes <n>   processes that share the seeds (one for each core)
  --mutation <name> breaks the engine on purpose, and ends at the first seed that shows it:
                    ${Object.keys(mutations).join(', ')}
  --json            tells the result as JSON
`;

/** Violations that are shown. */
const shown = 10;

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '10000' },
      from: { type: 'string', default: '1' },
      seed: { type: 'string' },
      trace: { type: 'boolean', default: false },
      processes: { type: 'string', default: String(availableParallelism()) },
      mutation: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const { mutation } = values;
  if (values.help) {
    process.stdout.write(usage);
    return true;
  }
  if (values.seed !== undefined) return runOne(Number(values.seed), values.trace, mutation);
  const from = Number(values.from);
  const ranges = shares(from, Number(values.seeds), Number(values.processes), mutation);
  const began = performance.now();
  let result = nothingDone;
  const show = (piece: RangeResult): void => {
    const left = shown - result.found.length;
    result = sumOf(result, piece);
    if (values.json) return;
    for (const one of piece.found.slice(0, Math.max(0, left)))
      process.stdout.write(`\r${foundText(one, mutation)}\n`);
    process.stderr.write(`\r${result.seeds} seeds, ${result.found.length} with violations `);
  };
  await Promise.all(ranges.map((range) => inProcess(range, show)));
  const seconds = (performance.now() - began) / 1000;
  process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : textOf(result, seconds));
  return result.found.length === 0;
}

/** One run in this process, step by step where that is wanted. */
async function runOne(seed: number, keepsTrace: boolean, mutation: string | undefined): Promise<boolean> {
  const mutate = mutations[mutation ?? '']?.mutate;
  const verdict = await simulate(seed, { keepsTrace, ...(mutate && { mutate }) });
  const { violations, trace, dump, states, steps, faults, digest } = verdict;
  const lines = [
    ...trace,
    ...violations.map(({ job, invariant, seen }) => `${invariant} of ${job}: ${seen}`),
    ...dump.map((line) => `still under way: ${line}`),
    `seed ${seed}: ${steps} steps, ${faults} faults, ${states.join(' and ')}, digest ${digest}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return violations.length === 0;
}

function shares(from: number, seeds: number, processes: number, mutation: string | undefined): SeedRange[] {
  const each = Math.ceil(seeds / processes);
  return Array.from({ length: processes }, (_, i) => ({
    from: from + i * each,
    to: Math.min(from + seeds, from + (i + 1) * each),
    mutation,
    untilFound: mutation !== undefined,
  })).filter((range) => range.from < range.to);
}

/** Has a range done in a process of its own: a simulation takes its process over. */
function inProcess(range: SeedRange, told: (piece: RangeResult) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = fork(__filename, [], {
      env: { ...process.env, BATCHPOINT_SIMULATION_RANGE: JSON.stringify(range) },
    });
    child.on('message', (piece) => told(piece as RangeResult));
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0) resolve();
      else
        reject(
          new Error(
            `The process of the seeds ${range.from} to ${range.to - 1} ended with ${code ?? 'a signal'}.`,
          ),
        );
    });
  });
}

async function tellRange(text: string): Promise<void> {
  for await (const piece of runRange(JSON.parse(text) as SeedRange))
    await new Promise((sent) => process.send?.(piece, sent));
  process.disconnect();
}

/** What did not hold of a seed, and how to look at it. */
function foundText({ seed, violations }: FoundViolation, mutation: string | undefined): string {
  const option = mutation === undefined ? '' : ` --mutation ${mutation}`;
  return [
    ...violations.slice(0, shown).map(({ invariant, job, seen }) => `${invariant} of ${job}: ${seen}`),
    `  npm run simulate -- --seed ${seed} --trace${option}`,
  ].join('\n');
}

function textOf(result: RangeResult, seconds: number): string {
  const { seeds, steps, faults, ends, found, digest } = result;
  const jobs = Object.entries(ends)
    .sort(([, a], [, b]) => b - a)
    .map(([end, times]) => `${times} ${end}`)
    .join(', ');
  const each = ((seconds * 1000) / seeds).toFixed(1);
  return [
    '',
    `${seeds} seeds in ${seconds.toFixed(1)} s (${each} ms each), ${steps} steps, ${faults} faults, digest ${digest}`,
    `jobs: ${jobs}`,
    found.length === 0 ? 'Nothing was lost.' : `${found.length} seeds have violations.`,
    '',
  ].join('\n');
}

const range = process.env['BATCHPOINT_SIMULATION_RANGE'];
if (range !== undefined) void tellRange(range);
else void main().then((isFine) => (process.exitCode = isFine ? 0 : 1));
