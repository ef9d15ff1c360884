import type { FinishAnswer } from '../domain/scoreJobMessages';
import { crossesThreshold } from '../domain/errorThreshold';
import { isEnded } from '../domain/jobState';
import { failure, isFailure, type ErrorBody } from '../errors/batchpointError';
import type { JobPlan, JobResult, JobRun } from '../jobs/jobRun';
import type { JobSpec } from '../jobs/jobSpec';
import type { JobStore } from '../jobs/jobStore';
import type { Claims } from '../planning/claims';
import type { BlobStore } from '../stores/blobStore';
import type { Row } from '../stores/tableStore';
import { commitOutput, withdrawOutput } from './commitOutput';
import type { Destinations } from './destinations';
import { writeResultTexts } from './resultTexts';
import { keepPartialRows } from './joinLogs';
import { Outcomes } from './outcomes';
import type { RowEncoder } from './blocks/rowEncoder';
import { outputParts } from './outputParts';
import { writeEnd } from './writeEnd';

/** What finishing works with. */
export interface FinishContext {
  readonly jobs: JobStore;
  readonly claims: Claims;
  readonly blobs: BlobStore;
  readonly encoder: RowEncoder;
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
 * Done again at any point, also by two at once, it goes on from what the record says.
 */
export async function finishJob(context: FinishContext, job: string): Promise<FinishAnswer> {
  const spec = await context.jobs.spec(job);
  let endedHere = false;
  for (;;) {
    const read = await context.jobs.run(job);
    const run = read.value;
    if (isEnded(run.state) && endedHere) break;
    const outcomes = await Outcomes.collect(job, context.claims.all(job));
    if (isEnded(run.state)) {
      await confirmEnd(context, spec, run, outcomes);
      break;
    }
    if (run.state === 'Running' && run.plan !== undefined) {
      const open = outcomes.open(run.plan, run.next);
      if (open.length > 0) return { open };
      await decide(context, spec, run.plan, outcomes);
    } else if (run.state === 'Committing') {
      endedHere = await commit(context, spec, read, outcomes);
    } else if (run.state === 'Reverting') {
      const warnings = await revert(context, spec, run, outcomes);
      endedHere = await writeEnd(context, spec, read, outcomes, { state: 'Failed', warnings });
    } else if (run.state === 'Stopping') {
      endedHere = await endStopped(context, spec, read, outcomes);
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
  const error = refusal(spec, plan, outcomes) ?? (await formRefusal(context, spec, outcomes));
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
    return failure('NoSucceededItem', { files: plan.files, first: '' }).toBody();
  }
  return undefined;
}

/** Why the rows of all claims do not make one file. Looked at before the commit, so that what there is can be kept. */
async function formRefusal(
  context: FinishContext,
  spec: JobSpec,
  outcomes: Outcomes,
): Promise<ErrorBody | undefined> {
  try {
    await outputParts(context, spec, outcomes);
    return undefined;
  } catch (error) {
    if (!isFailure(error, 'OutputSchemaDiffers')) throw error;
    return error.toBody();
  }
}

/**
 * Commits the rows, and says whether the job is ended by that. An error that stays is written down before anything is
 * taken back: of two that are at the commit, the one that comes later finds it, and takes back what it has committed
 * itself.
 */
async function commit(
  context: FinishContext,
  spec: JobSpec,
  read: Row<JobRun>,
  outcomes: Outcomes,
): Promise<boolean> {
  let result: JobResult;
  try {
    const destination = await context.destinations.open(spec.output);
    const digest = read.value.commitDigest ?? '';
    result = await commitOutput(context, spec, digest, outcomes, destination);
  } catch (error) {
    if (!isFailure(error) || error.retryable) throw error;
    await context.jobs.move(spec.key, 'Reverting', () => ({ error: error.toBody() }));
    return false;
  }
  return writeEnd(context, spec, read, outcomes, { state: 'Completed', result });
}

/** Takes back what was committed. Answers the warnings of the job, with one more where that cannot be done. */
async function revert(
  context: FinishContext,
  spec: JobSpec,
  { commitDigest = '', warnings }: JobRun,
  outcomes: Outcomes,
): Promise<readonly string[]> {
  try {
    const destination = await context.destinations.open(spec.output);
    await withdrawOutput(context.blobs, spec, commitDigest, outcomes, destination);
    return warnings;
  } catch (error) {
    if (!isFailure(error) || error.retryable) throw error;
    return [...warnings, `What was committed may still be there, and could not be removed: ${error.message}`];
  }
}

/**
 * What the end of a job promises, seen to by whoever finds the job ended: nothing is visible of one that failed, and
 * its texts tell its real end. A late delivery may just have committed it, or have written how it thought it would end.
 */
async function confirmEnd(
  context: FinishContext,
  spec: JobSpec,
  run: JobRun,
  outcomes: Outcomes,
): Promise<void> {
  if (run.state === 'Failed' && run.commitDigest !== undefined) await revert(context, spec, run, outcomes);
  await writeResultTexts(context.blobs, spec, run);
}

async function endStopped(
  context: FinishContext,
  spec: JobSpec,
  read: Row<JobRun>,
  outcomes: Outcomes,
): Promise<boolean> {
  await keepPartialRows(context, spec, outcomes);
  const { stop } = read.value;
  const last =
    stop === undefined || stop.cancelled
      ? ({ state: 'Canceled' } as const)
      : ({ state: 'Failed', error: stop.error } as const);
  return writeEnd(context, spec, read, outcomes, last);
}
