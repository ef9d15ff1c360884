import type { FinishAnswer } from '../domain/scoreJobMessages';
import { isEnded, mayMove } from '../domain/jobState';
import { failure, isFailure } from '../errors/batchpointError';
import type { JobResult, JobRun } from '../jobs/jobRun';
import type { JobSpec } from '../jobs/jobSpec';
import type { JobStore } from '../jobs/jobStore';
import type { Places, Wake } from '../places/places';
import { failedAtCommit } from '../jobs/retireJob';
import type { Claims } from '../planning/claims';
import type { BlobStore } from '../stores/blobStore';
import type { Row } from '../stores/tableStore';
import { commitOutput } from './commitOutput';
import { decideEnd } from './decideEnd';
import type { Destinations } from './destinations';
import { writeResultTexts } from './resultTexts';
import { keepPartialRows } from './joinLogs';
import { Outcomes } from './outcomes';
import { revert } from './revert';
import type { RowEncoder } from './blocks/rowEncoder';
import { sealEnd, writeEnd } from './writeEnd';

/** What finishing works with. */
export interface FinishContext {
  readonly jobs: JobStore;
  readonly claims: Claims;
  readonly blobs: BlobStore;
  readonly encoder: RowEncoder;
  readonly destinations: Destinations;
  readonly places: Pick<Places, 'leave'>;
  /** Told of orchestrations that need not wait for a place any longer; without it they wait until their time is over. */
  readonly wake?: Wake;
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
  let step: Step = { next: 'go on' };
  while (step.next === 'go on') step = await takeStep(context, spec);
  if (step.next === 'open') return step.answer;
  await leaveCompute(context, spec);
  await context.destinations.release(spec.output, spec.name);
  await context.ended(job);
  return { open: [], left: 0 };
}

/** Nothing is scored any more: others may have the places of the job, while what comes now takes its time. */
async function leaveCompute({ places, wake }: FinishContext, spec: JobSpec): Promise<void> {
  const due = await places.leave(spec);
  await wake?.(due);
}

/** What comes after a step towards the end of a job. */
type Step =
  | { readonly next: 'go on' }
  | { readonly next: 'ended' }
  | { readonly next: 'open'; readonly answer: FinishAnswer };

/** Does what the record of the job says is to be done next, with all claims as they are then. */
async function takeStep(context: FinishContext, spec: JobSpec): Promise<Step> {
  const { jobs, claims, scratch } = context;
  const read = await jobs.run(spec.key);
  const outcomes = await Outcomes.collect(spec.key, claims.all(spec.key), scratch);
  try {
    if (isEnded(read.value.state)) {
      await confirmEnd(context, spec, read.value, outcomes);
      return { next: 'ended' };
    }
    return await stepOf(context, spec, read, outcomes);
  } finally {
    await outcomes.close();
  }
}

async function stepOf(
  context: FinishContext,
  spec: JobSpec,
  read: Row<JobRun>,
  outcomes: Outcomes,
): Promise<Step> {
  const run = read.value;
  const unlessBeaten = (isEnd: boolean): Step => ({ next: isEnd ? 'ended' : 'go on' });
  if (run.state === 'Running' && run.plan !== undefined) {
    const answer = outcomes.open(run.plan, run.next);
    if (answer.open.length > 0) return { next: 'open', answer };
    const digest = await decideEnd(context, spec, run.plan, outcomes);
    const decided = await context.jobs.run(spec.key);
    const { state, commitDigest } = decided.value;
    // They are the outcomes that are committed: none comes any more, and nobody has to gather them again.
    if (state !== 'Committing' || commitDigest !== digest) return { next: 'go on' };
    return unlessBeaten(await commit(context, spec, decided, outcomes));
  }
  if (run.state === 'Committing') return unlessBeaten(await commit(context, spec, read, outcomes));
  if (run.state === 'Reverting') {
    const warnings = await revert(context, spec, run, outcomes);
    return unlessBeaten(await writeEnd(context, spec, read, outcomes, { state: 'Failed', warnings }));
  }
  if (run.state === 'Stopping') return unlessBeaten(await endStopped(context, spec, read, outcomes));
  const error = failure('MachineryFailed', { reason: 'it was never planned' }).toBody();
  await context.jobs.stop(spec.key, { cancelled: false, error });
  return { next: 'go on' };
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
  await leaveCompute(context, spec);
  let result: JobResult;
  try {
    const destination = await context.destinations.open(spec.output);
    const digest = read.value.commitDigest ?? '';
    result = await commitOutput(context, spec, digest, outcomes, destination);
  } catch (error) {
    if (!isFailure(error) || error.retryable) throw error;
    // Somebody else may have committed it, and be at its end.
    const { state } = await context.jobs.change(spec.key, (run) =>
      mayMove(run.state, 'Reverting') && run.times.ending === undefined
        ? { ...run, state: 'Reverting', error: error.toBody() }
        : undefined,
    );
    // Whoever fixed that end may be dead. What is wrong here will not be right at once, so it is tried again later.
    if (state === 'Committing') throw error;
    return false;
  }
  return writeEnd(context, spec, read, outcomes, { state: 'Completed', result });
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
  if (failedAtCommit(run)) await revert(context, spec, run, outcomes);
  await writeResultTexts(context.blobs, spec, run);
}

async function endStopped(
  context: FinishContext,
  spec: JobSpec,
  read: Row<JobRun>,
  outcomes: Outcomes,
): Promise<boolean> {
  await leaveCompute(context, spec);
  // What is still being scored could add an outcome: the files are made of those that are there now.
  const sealed = await sealEnd(context, spec.key, read);
  if (sealed?.value.state !== 'Stopping') return false;
  await keepPartialRows(context, spec, outcomes);
  const { stop } = sealed.value;
  const last =
    stop === undefined || stop.cancelled
      ? ({ state: 'Canceled' } as const)
      : ({ state: 'Failed', error: stop.error } as const);
  return writeEnd(context, spec, sealed, outcomes, last);
}
