import type { Violation } from './checker/violation';
import type { Result, Scenario } from './scenario';
import { replayCommand } from './seeds';

/** What all runs of a scenario came to. */
export interface Tally {
  readonly scenario: Scenario;
  runs: number;
  jobs: number;
  faults: number;
  readonly lost: { readonly seed: number; readonly seen: readonly string[] }[];
}

/** How rounds are gone. */
export interface Rounds {
  /** The seed of the first run; each run after it has the next number. */
  readonly seed: number;
  /** Goes on with another run while this is so; all scenarios have one run first. */
  readonly goesOn: () => boolean;
  readonly print: (line: string) => void;
}

/** Goes round the scenarios, each as often as its weight says. */
export async function goRounds(scenarios: readonly Scenario[], rounds: Rounds): Promise<Tally[]> {
  const tallies: Tally[] = scenarios.map((scenario) => ({ scenario, runs: 0, jobs: 0, faults: 0, lost: [] }));
  let { seed } = rounds;
  try {
    for (let round = 0; round === 0 || rounds.goesOn(); round++)
      for (const tally of tallies)
        for (let i = 0; i < (tally.scenario.weight ?? 1); i++)
          if (tally.runs === 0 || rounds.goesOn()) await runOnce(tally, seed++, rounds.print);
  } finally {
    for (const { scenario } of tallies) await scenario.close?.();
  }
  return tallies;
}

async function runOnce(tally: Tally, seed: number, print: Rounds['print']): Promise<void> {
  const { scenario } = tally;
  const begun = performance.now();
  const { told, jobs, faults, violations } = await resultOf(scenario, seed);
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  tally.runs += 1;
  tally.jobs += jobs;
  tally.faults += faults;
  const seen = violations.map((one) => `${one.invariant}: ${one.seen}`);
  const outcome = seen.length === 0 ? 'nothing lost' : 'VIOLATED';
  print(`${scenario.name}, seed ${seed}, ${faults} faults, ${seconds} s: ${told}: ${outcome}`);
  if (seen.length === 0) return;
  tally.lost.push({ seed, seen });
  for (const line of seen) print(`  ${line}`);
  print(`  again: ${replayCommand(scenario.name, seed)}`);
}

/** A run that breaks off is no run without violations. */
async function resultOf(scenario: Scenario, seed: number): Promise<Result> {
  try {
    return await scenario.run(seed);
  } catch (error) {
    await scenario.close?.();
    const seen = `The run broke off: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
    const violations: readonly Violation[] = [{ invariant: 'I9', seen }];
    return { violations, told: 'broken off', jobs: 0, faults: 0 };
  }
}
