import { randomUUID } from 'node:crypto';
import type { Violation } from '../checker/violation';
import { Random } from '../seeds';
import { badStore } from './badStore';
import type { AzureHost } from './azureHost';
import type { HostRun } from './hostRun';
import { runAzureJobs } from './azureJob';

/** How often one invocation is sent, at once. */
const times = 40;

/** The same request, forty times at once: there is one job, and everybody is answered with it. */
export async function invokeFortyTimes(azure: AzureHost, seed: number): Promise<HostRun> {
  const random = new Random(seed);
  const { percent, choose } = badStore(random);
  const isBad = seed % 2 === 1;
  const before = azure.way.faults;
  const names: string[] = [];
  const id = randomUUID();
  const evidence = await runAzureJobs(
    azure,
    [{ files: 12, invocations: { times, id, names } }],
    isBad ? choose : undefined,
  );
  const jobs = new Set(names);
  const violations: Violation[] =
    jobs.size === 1 && names.length === times
      ? []
      : [
          {
            invariant: 'I6',
            seen: `${times} invocations were answered with ${names.length} names of ${jobs.size} jobs.`,
          },
        ];
  return {
    told: `${isBad ? `${percent} % of the requests failed` : 'no other fault'}: ${jobs.size} job`,
    faults: times - 1 + azure.way.faults - before,
    evidence,
    violations,
  };
}
