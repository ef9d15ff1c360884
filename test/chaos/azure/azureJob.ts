import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { isEnded } from '../../../shared/domain/jobState';
import type { Evidence } from '../checker/evidence';
import type { AzureHost } from './azureHost';
import type { ChooseFault } from './faultyStore';
import { ObservedJob, type JobEnd } from './observedJob';

/** A job to be run, and what happens to it meanwhile. */
export interface AzureJob {
  readonly files: number;
  /** Failed files that are ignored; -1 ignores all. */
  readonly threshold?: number;
  /** Cancels the job after so many milliseconds. */
  readonly cancelAfter?: number;
  /** Sends the invocation so many times at once, with one id, and notes the names of the jobs in the answers. */
  readonly invocations?: { readonly times: number; readonly id: string; readonly names: string[] };
  /** Milliseconds that each mini-batch takes, where it is not the default. */
  readonly pause?: number;
}

/** Seconds that a job may take before it counts as stuck. */
const patience = 600;

/**
 * Runs jobs at once while their store fails as it is told to, and gathers all that is known of them from outside the
 * engine.
 */
export async function runAzureJobs(
  azure: AzureHost,
  jobs: readonly AzureJob[],
  choose?: ChooseFault,
): Promise<Evidence[]> {
  const { way } = azure;
  const before = way.faults;
  const observed = await Promise.all(jobs.map((job) => ObservedJob.prepare(azure, job)));
  way.fail(choose);
  let ends: Omit<JobEnd, 'repeats'>[];
  try {
    ends = await Promise.all(observed.map((one, i) => run(azure, one, jobs[i] ?? { files: 0 })));
  } finally {
    way.fail();
    await Promise.all(observed.map((one) => one.stopLooking()));
  }
  const repeats = way.faults - before;
  return Promise.all(observed.map((one, i) => one.evidence({ ...ends[i], repeats })));
}

async function run(azure: AzureHost, observed: ObservedJob, job: AzureJob): Promise<Omit<JobEnd, 'repeats'>> {
  const variables = job.pause === undefined ? {} : { environmentVariables: { PAUSE: String(job.pause) } };
  const { times, id, names } = job.invocations ?? { times: 1, id: randomUUID(), names: [] };
  const made = Array.from({ length: times }, () =>
    azure.invoke({ ...observed.properties, ...variables }, id),
  );
  names.push(...(await Promise.all(made)).map(({ name }) => name));
  let cancelAsked = false;
  if (job.cancelAfter !== undefined) {
    await pause(job.cancelAfter);
    cancelAsked = await azure.cancel(observed.name);
  }
  const ended = await azure.ended(observed.name, patience);
  await observed.noteEnd();
  await azure.quiet(observed.name);
  if (ended !== undefined && isEnded(ended.run.state)) return { cancelAsked };
  return { cancelAsked, stuck: JSON.stringify(ended?.run ?? 'there is no record of it') };
}
