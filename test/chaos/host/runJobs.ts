import { check } from '../checker/check';
import { toldOf, type PlannedJob } from '../jobs/plannedJob';
import type { Result } from '../scenario';
import type { ChaosHost } from './chaosHost';
import { ChaosJob, type Faults, type FinishedJob } from './runJob';

/** Runs a job under faults; one that was stopped is resumed without its threshold, where that is wanted. Decides about both. */
export async function runJobs(
  host: ChaosHost,
  plan: PlannedJob,
  faults: Faults,
  { resumes = false } = {},
): Promise<Result & { readonly finished: readonly FinishedJob[] }> {
  const first = new ChaosJob(host, plan);
  const finished = [await first.run(faults)];
  const ended = finished[0]?.evidence;
  const isStopped = ended?.stuck === undefined && ended?.answered.status !== 'Completed';
  if (resumes && isStopped) {
    const free = { ...plan, limits: { ...plan.limits, threshold: -1 } };
    const second = new ChaosJob(host, free, { job: first.name, input: first.input });
    finished.push(await second.run({}));
  }
  const violations = finished.flatMap(({ evidence }) => check(evidence));
  const statuses = finished.map(({ evidence }) => evidence.answered.status).join(', then ');
  return {
    violations,
    told: `${toldOf(plan)}: ${statuses}`,
    jobs: finished.length,
    faults: finished.reduce((sum, { kills }) => sum + kills, 0),
    finished,
  };
}
