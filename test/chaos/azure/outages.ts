import type { Scenario } from '../scenario';
import { Random } from '../seeds';
import { runAzureJobs } from './azureJob';
import type { ChooseFault } from './faultyStore';
import { hostScenario } from './hostScenario';

/** Milliseconds that the account is away, and that it is there between two such times. */
const away = 2_000;
const there = { from: 5_000, to: 10_000 } as const;

/** A store that nobody can connect to for two seconds every five to ten. */
export function outages(random: Random): ChooseFault {
  let begins = performance.now() + random.between(300, 2_000);
  return () => {
    const now = performance.now();
    while (now >= begins + away) begins += away + random.between(there.from, there.to);
    return now >= begins ? { kind: 'reset' } : undefined;
  };
}

/** Three jobs at once that take some outages. */
export const outagesScenario: Scenario = hostScenario(
  'outages',
  'The storage account is away for two seconds every five to ten.',
  async (azure, seed) => {
    const random = new Random(seed);
    const before = azure.way.faults;
    const jobs = [0, 1, 2].map(() => ({ files: random.between(20, 40), pause: random.between(100, 800) }));
    const evidence = await runAzureJobs(azure, jobs, outages(random));
    const how = evidence.map(({ answered, input }) => `${input.length} files ${answered.status}`).join(', ');
    return { told: how, faults: azure.way.faults - before, evidence };
  },
);
