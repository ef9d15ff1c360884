import type { Evidence } from '../checker/evidence';
import type { AzureHost } from './azureHost';
import { runAzureJobs } from './azureJob';
import type { HostRun } from './hostRun';
import { allCallFaults, failCalls, type CallFault } from './storeFaults';

/** A sweep of which only some runs are made passes over so many calls between two. */
const stride = 8;

/** Files of the job of a sweep: three mini-batches for two lanes, one of which fails. */
const files = 8;

/** How a job is swept. */
export interface Sweep {
  readonly kind: CallFault;
  /** The first call that fails, from 1 on. */
  readonly first: number;
  readonly step: number;
}

/**
 * Runs the same job again and again: of each run another call of the stores fails, until one comes to its end without
 * having made that many.
 */
export async function sweepJob(azure: AzureHost, { kind, first, step }: Sweep): Promise<HostRun> {
  const all: Evidence[] = [];
  const before = azure.way.faults;
  for (let call = first; ; call += step) {
    const untouched = azure.way.faults;
    all.push(
      ...(await runAzureJobs(
        azure,
        [{ files }],
        failCalls(kind, (one) => one === call),
      )),
    );
    if (azure.way.faults > untouched) continue;
    const told = `${kind}: every ${step}th call from the ${first}th on, ${all.length} jobs`;
    return { told, faults: azure.way.faults - before, evidence: all };
  }
}

/** With seed 0 each call fails in turn; with any other seed one in eight of them. */
export async function sweep(azure: AzureHost, seed: number): Promise<HostRun> {
  const runs: HostRun[] = [];
  for (const kind of allCallFaults) {
    const [first, step] = seed === 0 ? [1, 1] : [1 + (seed % stride), stride];
    runs.push(await sweepJob(azure, { kind, first, step }));
  }
  return {
    told: runs.map(({ told }) => told).join('; '),
    faults: runs.reduce((sum, { faults }) => sum + faults, 0),
    evidence: runs.flatMap(({ evidence }) => evidence),
  };
}
