import { isEnded } from '../domain/jobState';
import { failure } from '../errors/batchpointError';
import { instanceId } from './jobKeys';
import type { ActiveJob } from './jobIndex';
import type { Job, JobStore } from './jobStore';
import { failedAtCommit, retireJob, type RetireContext } from './retireJob';

/** What the orchestration of a job is doing, as far as the job itself is concerned. */
export type InstanceState = 'running' | 'missing' | 'over';

/** Starts and looks at orchestrations. */
export interface Orchestrations {
  /** Starts the orchestration of a job; one that runs already is left alone. */
  start(instance: string, input: { job: string; start: number }): Promise<void>;
  state(instance: string): Promise<InstanceState>;
}

/** So often an orchestration is started before its job is given up. */
const mostStarts = 10;

/** A note of a job that was never made is forgotten after so many milliseconds. */
const forgetAfter = 15 * 60_000;

/**
 * Starts the orchestration of a job, as one of its starts that are counted. Of several that found it with the same
 * count, one starts it and the others leave it alone.
 */
export async function startJob(
  jobs: JobStore,
  orchestrations: Orchestrations,
  { spec: { key }, run: seen }: Job,
): Promise<void> {
  let mine = false;
  const run = await jobs.change(key, (before) => {
    mine = before.start === seen.start && !isEnded(before.state);
    return mine ? { ...before, start: before.start + 1 } : undefined;
  });
  if (mine) await orchestrations.start(instanceId(key), { job: key, start: run.start });
}

/** What recovery works with. */
export interface RecoveryContext extends RetireContext {
  readonly jobs: JobStore;
  /** Takes back what a late delivery has committed of a job that had failed at its commit. */
  readonly takeBack: (job: Job) => Promise<void>;
  /** Told of each job that could not be looked after this time. */
  readonly report: (job: string, error: unknown) => void;
}

/**
 * Finds jobs that are recorded but do not run, and starts them: whoever made them died before it could, or their
 * orchestration is lost. What has ended is taken out of the active jobs. A job that fails keeps no other waiting.
 */
export async function recoverJobs(context: RecoveryContext, orchestrations: Orchestrations): Promise<void> {
  for await (const active of context.index.active()) {
    try {
      await lookAfter(context, orchestrations, active);
    } catch (error) {
      context.report(active.name, error);
    }
  }
}

async function lookAfter(
  context: RecoveryContext,
  orchestrations: Orchestrations,
  active: ActiveJob,
): Promise<void> {
  const job = await context.jobs.find(active.name);
  if (job === undefined) await forgetOld(context, active);
  else if (isEnded(job.run.state)) await lookAfterEnded(context, job);
  else await recover(context, orchestrations, job);
}

/** Nobody may be left that would see what was committed after such an end: its delivery may have died right then. */
async function lookAfterEnded(context: RecoveryContext, job: Job): Promise<void> {
  if (failedAtCommit(job.run)) await context.takeBack(job);
  await retireJob(context, job);
}

async function recover(
  { jobs, index }: RecoveryContext,
  orchestrations: Orchestrations,
  job: Job,
): Promise<void> {
  const { spec, run } = job;
  if ((await orchestrations.state(instanceId(spec.key))) === 'running') return;
  if (run.start >= mostStarts) {
    const reason = `its orchestration ended ${run.start} times before the job did`;
    await jobs.stop(spec.key, { cancelled: false, error: failure('MachineryFailed', { reason }).toBody() });
  }
  await index.list(spec);
  await startJob(jobs, orchestrations, job);
}

async function forgetOld({ index, now }: RecoveryContext, active: ActiveJob): Promise<void> {
  if (now().getTime() - Date.parse(active.since) > forgetAfter) await index.deactivate(active.key);
}
