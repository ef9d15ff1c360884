import type { FinishAnswer } from '../domain/scoreJobMessages';
import { crossesThreshold } from '../domain/errorThreshold';
import { isEnded } from '../domain/jobState';
import { failure, isFailure, type ErrorBody } from '../errors/batchpointError';
import type { JobPlan, JobResult, JobRun } from '../jobs/jobRun';
import type { JobSpec } from '../jobs/jobSpec';
import type { JobStore } from '../jobs/jobStore';
import type { Claims } from '../planning/claims';
import type { BlobStore } from '../stores/blobStore';
import { commitOutput } from './commitOutput';
import type { Destinations } from './destinations';
import { failureText } from './failureTexts';
import { writeResultTexts } from './resultTexts';
import { joinLogs, keepPartialRows } from './joinLogs';
import { Outcomes } from './outcomes';

/** What finishing works with. */
export interface FinishContext {
  readonly jobs: JobStore;
  readonly claims: Claims;
  readonly blobs: BlobStore;
  readonly destinations: Destinations;
  /** The folder of this process for unfinished work. */
  readonly scratch: string;
  readonly now: () => Date;
  /** Called when a job is at its end, so that what this process keeps for it can go. */
  readonly ended: (job: string) => Promise<void>;
}

/**
 * Brings a job to its end: decides whether it is committed, commits its rows as one file, makes its logs, and
 * writes the last state. Where claims are open it answers them instead, and is called again once they are scored.
 * Done again at any point, it goes on from what the record says.
 */
export async function finishJob(context: FinishContext, job: string): Promise<FinishAnswer> {
  const spec = await context.jobs.spec(job);
  for (;;) {
    const { value: run } = await context.jobs.run(job);
    if (isEnded(run.state)) break;
    const outcomes = await Outcomes.collect(job, context.claims.all(job));
    if (run.state === 'Running' && run.plan !== undefined) {
      const open = outcomes.open(run.plan, run.next);
      if (open.length > 0) return { open };
      await decide(context, spec, run.plan, outcomes);
    } else if (run.state === 'Committing') {
      await commit(context, spec, run, outcomes);
    } else if (run.state === 'Stopping') {
      await endStopped(context, spec, run, outcomes);
    } else {
      const error = failure('MachineryFailed', { reason: 'it was never planned' }).toBody();
      await context.jobs.stop(job, { cancelled: false, error });
    }
  }
  await context.destinations.release(spec.output, spec.name);
  await context.ended(job);
  return { open: [] };
}

/** The outcomes are complete: they are summed up once more, and either they are committed or the job stops. */
async function decide(
  context: FinishContext,
  spec: JobSpec,
  plan: JobPlan,
  outcomes: Outcomes,
): Promise<void> {
  const error = refusal(spec, plan, outcomes);
  if (error !== undefined) {
    await context.jobs.stop(spec.key, { cancelled: false, error });
    return;
  }
  const finishing = context.now().toISOString();
  await context.jobs.move(spec.key, 'Committing', (run) => ({
    commitDigest: outcomes.digest,
    progress: outcomes.progress,
    times: { ...run.times, finishing },
  }));
}

function refusal(spec: JobSpec, plan: JobPlan, outcomes: Outcomes): ErrorBody | undefined {
  const fault = outcomes.fault(plan);
  if (fault !== undefined) return failure('ClaimsNotTiled', { fault }).toBody();
  const { failedFiles } = outcomes.progress;
  const { errorThreshold, outputAction } = spec.settings;
  if (crossesThreshold(failedFiles, errorThreshold)) {
    return failure('ErrorThresholdExceeded', { failed: failedFiles, threshold: errorThreshold }).toBody();
  }
  if (outputAction === 'AppendRow' && failedFiles === plan.files) {
    return { ...failure('NoSucceededItem', { files: plan.files, first: '' }).toBody() };
  }
  return undefined;
}

async function commit(context: FinishContext, spec: JobSpec, run: JobRun, outcomes: Outcomes): Promise<void> {
  const destination = await context.destinations.open(spec.output);
  let result: JobResult;
  try {
    result = await commitOutput(context.blobs, spec, run.commitDigest ?? '', outcomes, destination);
  } catch (error) {
    if (!isFailure(error) || error.retryable) throw error;
    await end(context, spec, run, outcomes, { state: 'Failed', error: error.toBody() });
    return;
  }
  await end(context, spec, run, outcomes, { state: 'Completed', result });
}

async function endStopped(
  context: FinishContext,
  spec: JobSpec,
  run: JobRun,
  outcomes: Outcomes,
): Promise<void> {
  await keepPartialRows(context.blobs, spec.key, spec.output.fileName, outcomes);
  const { stop } = run;
  if (stop === undefined || stop.cancelled) await end(context, spec, run, outcomes, { state: 'Canceled' });
  else await end(context, spec, run, outcomes, { state: 'Failed', error: stop.error });
}

/** Makes the logs, then writes the last state where nothing has changed since the record was read. */
async function end(
  context: FinishContext,
  spec: JobSpec,
  before: JobRun,
  outcomes: Outcomes,
  last: Pick<JobRun, 'state' | 'error' | 'result'>,
): Promise<void> {
  const times = { ...before.times, ended: context.now().toISOString() };
  const failures = [...before.failures].sort((a, b) => a.miniBatch - b.miniBatch);
  const error = last.error === undefined ? undefined : withFailures(last.error, failures);
  const run: JobRun = {
    ...before,
    ...last,
    progress: outcomes.progress,
    failures,
    times,
    ...(error && { error }),
  };
  await joinLogs(context, spec.key, outcomes);
  await writeResultTexts(context.blobs, spec, run);
  // What is decided is kept: only progress may have come in since, and then all of this is done once more.
  await context.jobs.change(spec.key, (now) =>
    now.state === before.state && now.progress.miniBatches === before.progress.miniBatches ? run : undefined,
  );
}

/** The error of a job names the failures that led to it, each with the end of its traceback. */
function withFailures(error: ErrorBody, failures: JobRun['failures']): ErrorBody {
  if (failures.length === 0 || error.details !== undefined) return error;
  const details = failures.map((one) => ({
    code: one.code,
    message: failureText(one).trimEnd(),
    target: `mini-batch ${one.miniBatch}`,
  }));
  const [first] = details;
  const message =
    error.code === 'NoSucceededItem'
      ? `${error.message}${first?.message.split('\n', 1)[0] ?? ''}`
      : error.message;
  return { ...error, message, details };
}
