import { parseArgs } from 'node:util';
import { goRounds } from './rounds';
import { scenarios } from './scenarios';
import { freshSeed } from './seeds';
import { writeTable } from './table';

/** `npm run chaos -- --minutes N [--only name] [--seed S] [--list]` */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string' },
      only: { type: 'string' },
      seed: { type: 'string' },
      list: { type: 'boolean', default: false },
    },
  });
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  if (values.list) {
    for (const { name, fault } of scenarios) print(`${name.padEnd(32)} ${fault}`);
    return 0;
  }
  const chosen = scenarios.filter(({ name }) => values.only === undefined || name === values.only);
  if (chosen.length === 0) throw new Error(`There is no scenario '${values.only ?? ''}': see --list.`);
  const seed = values.seed === undefined ? freshSeed() : Number(values.seed);
  const until = performance.now() + Number(values.minutes ?? 0) * 60_000;
  print(`Seeds from ${seed} on.`);
  const tallies = await goRounds(chosen, { seed, print, goesOn: () => performance.now() < until });
  const lost = tallies.reduce((sum, each) => sum + each.lost.length, 0);
  const runs = tallies.reduce((sum, each) => sum + each.runs, 0);
  print(`${runs} runs, ${lost} with something lost.`);
  if (values.only === undefined) writeTable(tallies, seed);
  return lost === 0 ? 0 : 1;
}

void main().then((code) => process.exit(code));
