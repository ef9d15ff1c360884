import { check } from '../checker/check';
import { toldOf, type PlannedJob } from '../jobs/plannedJob';
import type { Result } from '../scenario';
import type { ChaosHost } from './chaosHost';
import type { KillOrder } from './orders';
import { ChaosJob, type Faults, type FinishedJob } from './runJob';

/** A job to be run, and what is done to it. */
export interface JobUnderFaults {
  readonly plan: PlannedJob;
  readonly faults: Faults;
  /** Whether it is resumed, without its threshold, where it was stopped. */
  readonly resumes: boolean;
}

/** Runs jobs at once on a host that ends itself at some steps, and decides about all of them. */
export async function runJobs(
  host: ChaosHost,
  jobs: readonly JobUnderFaults[],
  orders: readonly KillOrder[] = [],
): Promise<Result> {
  const killsBefore = host.kills;
  host.order(orders);
  const finished = (await Promise.all(jobs.map((job) => runOne(host, job)))).flat();
  host.order([]);
  const told = jobs.map(({ plan }) => toldOf(plan)).join('; ');
  const statuses = finished.map(({ evidence }) => evidence.answered.status).join(', ');
  return {
    violations: finished.flatMap(({ evidence }) => check(evidence)),
    told: `${told}: ${statuses}`,
    jobs: finished.length,
    faults: host.kills - killsBefore,
  };
}

async function runOne(host: ChaosHost, { plan, faults, resumes }: JobUnderFaults): Promise<FinishedJob[]> {
  const first = new ChaosJob(host, plan);
  const ended = await first.run(faults);
  const { stuck, answered, tries } = ended.evidence;
  if (!resumes || stuck !== undefined || answered.status === 'Completed') return [ended];
  const free = { ...plan, limits: { ...plan.limits, threshold: -1 } };
  const second = new ChaosJob(host, free, { job: first.name, input: first.input, tries });
  return [ended, await second.run({})];
}
