import { helpText, listText, readOptions, type BenchOptions } from './commandLine';
import type { BenchContext, Figure } from './figure';
import { measureDisk } from './measuring/diskSpeed';
import { benchesNamed } from './registry';
import { comparisonText } from './report/compare';
import { machineText, thisMachine } from './report/machine';
import { readResult, resultPath, writeResult, type BenchResult } from './report/resultFile';
import { tableOf } from './report/table';

const print = (text: string): void => void process.stdout.write(text);
const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** Measures the figures of the product, and prints them as a table: `npm run bench -- --help` has what can be asked. */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options.help) return print(helpText());
  if (options.list) return print(listText());
  // Read first: a name that is wrong is not to be found out after twenty minutes.
  const before = options.compare === undefined ? undefined : readResult(options.compare);
  const result = options.with === undefined ? await measured(options) : readResult(options.with);
  print(`\nMachine: ${machineText(result)}\n\n${tableOf(result.figures)}`);
  if (before !== undefined) print(`\n${comparisonText(before, result)}`);
}

async function measured(options: BenchOptions): Promise<BenchResult> {
  const chosen = benchesNamed(options.only);
  const began = new Date();
  const path = resultPath(options.json, began);
  say('Measuring: the disk ...');
  const disk = measureDisk();
  const context: BenchContext = { rounds: options.rounds, million: options.million, disk, say };
  const figures: Figure[] = [];
  const seconds: Record<string, number> = {};
  for (const bench of chosen) {
    const start = performance.now();
    figures.push(...(await bench.measure(context)));
    seconds[bench.name] = Math.round((performance.now() - start) / 100) / 10;
    // Written after each: what was measured is not lost with what fails later.
    writeResult(path, { date: began.toISOString(), machine: thisMachine(), disk, options, seconds, figures });
    say(`  ${bench.name} took ${seconds[bench.name]} s`);
  }
  say(`All figures and times: ${path}`);
  return readResult(path);
}

void main().then(
  () => process.exit(0),
  (error: unknown) => {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exit(1);
  },
);
