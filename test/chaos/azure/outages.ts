import { Random } from '../seeds';
import type { AzureHost } from './azureHost';
import { runAzureJobs } from './azureJob';
import type { ChooseFault } from './faultyStore';
import { endsOf, type HostRun } from './hostRun';
import { steps } from './steps';

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

/** Longer than an activity that fails is tried again for. */
const longAway = 120_000;

/** A store that nobody can connect to for two minutes, once a job takes its claims. */
function longOutage(): ChooseFault {
  let ends: number | undefined;
  return (request) => {
    if (ends === undefined && steps.claimed.isOf(request)) ends = performance.now() + longAway;
    return performance.now() < (ends ?? 0) ? { kind: 'reset' } : undefined;
  };
}

/** A job whose store is away for so long that it has to wait. */
export async function throughLongOutage(azure: AzureHost, seed: number): Promise<HostRun> {
  const random = new Random(seed);
  const before = azure.way.faults;
  const jobs = [{ files: random.between(12, 30), pause: random.between(50, 300) }];
  const evidence = await runAzureJobs(azure, jobs, longOutage());
  return { told: endsOf(evidence), faults: azure.way.faults - before, evidence };
}

/** Three jobs at once that meet an outage or more. */
export async function throughOutages(azure: AzureHost, seed: number): Promise<HostRun> {
  const random = new Random(seed);
  const before = azure.way.faults;
  const jobs = [0, 1, 2].map(() => ({ files: random.between(12, 30), pause: random.between(50, 300) }));
  const evidence = await runAzureJobs(azure, jobs, outages(random));
  return { told: endsOf(evidence), faults: azure.way.faults - before, evidence };
}
