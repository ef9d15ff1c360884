import { isEnded, isStoppable } from '../domain/jobState';
import { isFailure } from '../errors/batchpointError';
import { isSealed } from '../jobs/jobRun';
import type { JobStore } from '../jobs/jobStore';
import { warnJob } from '../jobs/jobWarnings';
import type { JobSpec } from '../jobs/jobSpec';
import type { Places } from '../places/places';
import type { TableStore } from '../stores/tableStore';
import { EnvironmentNotes } from './environmentNote';
import type { Scorer } from './scorer';
import type { ScoringWorkers } from './scoringWorker';
import { acquireWorker } from './startWorker';
import { StopSignal } from './stopSignal';
import { deadlineOf, patienceFor } from './timeBudget';
import type { VirtualEnvironments } from './virtualEnvironments';

/** What preparing works with. */
export interface PrepareContext {
  readonly jobs: JobStore;
  readonly tables: TableStore;
  readonly scorerOf: (spec: JobSpec) => Promise<Scorer>;
  readonly environments: Pick<VirtualEnvironments, 'plan'>;
  readonly pool: ScoringWorkers;
  readonly places: Pick<Places, 'admit'>;
  /** Seconds that one activity may take; `undefined` where nothing limits it. */
  readonly activitySeconds: number | undefined;
  readonly now: () => Date;
}

/**
 * Makes sure that the job can be scored on this machine: its environment is there, and a worker of it is warm. A
 * scorer that cannot be started stops the job now, while its input is still being listed. Where the scorers of this
 * machine are busy for too long, that shows when the first claim is scored. Nothing is done for a job that its compute
 * has no place for. Done again, it is quick.
 */
export async function prepareScorer(context: PrepareContext, key: string): Promise<void> {
  const { value: run } = await context.jobs.run(key);
  if (isEnded(run.state) || run.times.prepared !== undefined) return;
  if (run.times.started === undefined && !isStoppable(run.state)) return;
  if (run.state === 'Queued' && !(await context.places.admit(await context.jobs.spec(key))).go) return;
  const stop = new StopSignal(context.jobs, key);
  const notes = new EnvironmentNotes(context.tables, key);
  try {
    await warm(context, key, stop.signal, (line) => notes.add(line));
    const prepared = context.now().toISOString();
    await context.jobs.change(key, (now) =>
      isSealed(now) ? undefined : { ...now, times: { ...now.times, prepared } },
    );
  } catch (error) {
    if (!isFailure(error) || error.retryable) throw error;
    const reason = { cancelled: false, error: error.toBody() } as const;
    await context.jobs.stop(key, reason, ({ times }) => times.prepared === undefined);
  } finally {
    stop.close();
    await notes.close();
  }
}

async function warm(
  context: PrepareContext,
  key: string,
  signal: AbortSignal,
  progress: (line: string) => void,
): Promise<void> {
  const deadline = deadlineOf(context.activitySeconds);
  const spec = await context.jobs.spec(key);
  const scorer = await context.scorerOf(spec);
  await warnOfDifferences(context, key, scorer);
  const worker = await acquireWorker(context.pool, scorer, spec, signal, {
    progress,
    ...patienceFor(0, deadline),
  });
  if (worker === undefined) return;
  await context.pool.release(worker, key);
  await warnJob(context.jobs, key, worker.warnings);
}

/** What differs from what the definition asks for, every job says. */
async function warnOfDifferences(
  { environments, jobs }: PrepareContext,
  key: string,
  { requirements }: Scorer,
): Promise<void> {
  if (requirements === undefined) return;
  const { warnings } = await environments.plan(requirements);
  await warnJob(jobs, key, warnings);
}
