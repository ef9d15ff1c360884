import { isEnded, type JobState } from '../domain/jobState';
import type { ErrorBody } from '../errors/batchpointError';
import type { JobLabels } from './jobLabels';

/** What was done so far; `seconds` is the time in scorers, over all lanes. */
export interface JobProgress {
  readonly miniBatches: number;
  readonly failedMiniBatches: number;
  readonly files: number;
  readonly failedFiles: number;
  readonly rows: number;
  /** Attempts at mini-batches, the first ones too. */
  readonly tries: number;
  readonly seconds: number;
  /** Files that changed after they were listed; absent where none did. */
  readonly changedFiles?: number;
}

/** When the job came to each phase, as ISO 8601 in UTC. */
export interface JobTimes {
  readonly created: string;
  readonly started?: string;
  readonly planned?: string;
  readonly prepared?: string;
  readonly firstScored?: string;
  readonly scored?: string;
  readonly finishing?: string;
  /** When its end was fixed, until it is written: nothing is taken in any more. */
  readonly ending?: string;
  readonly ended?: string;
}

/** The planned job. */
export interface JobPlan {
  readonly files: number;
  readonly miniBatches: number;
  readonly lanes: number;
  /** What another job has scored, and this one goes on after. */
  readonly takenOver?: TakenOver;
}

/** What a job has taken over from the one that it resumes. */
export interface TakenOver {
  readonly miniBatches: number;
  readonly files: number;
}

/** Why a job stops: a person asked for it, or an error. */
export type StopReason =
  | { readonly cancelled: true; readonly by: string }
  | { readonly cancelled: false; readonly error: ErrorBody };

/** A failure as `job show` tells it: one mini-batch, some of its files, and why. */
export interface FailureSummary {
  readonly miniBatch: number;
  /** The first files of it that failed. */
  readonly files: readonly string[];
  /** How many failed in all. */
  readonly failed: number;
  readonly code: string;
  readonly message: string;
  readonly exception?: string;
  readonly traceback?: string;
  readonly tries: number;
}

/** Failures that the record of a job holds; all of them are in its files. */
export const failuresKept = 5;

/** Changed files that the record of a job names; all of them are in a file of the job. */
export const changesNamed = 3;

/** Where a job's results lie, for clients. Names are those of files of the job. */
export interface JobResult {
  /** The URI of the predictions file; absent where nothing was committed. */
  readonly outputUri?: string;
  readonly outputBytes?: number;
  /** Files that the script wrote itself, relative to the folder of the output; the first ones where they are many. */
  readonly scriptFiles: readonly string[];
  /** How many there are beside those. */
  readonly moreScriptFiles?: number;
}

/**
 * What changes of a job while it runs: one row, moved by ETag. `next` is the cursor: mini-batches `[0, next)` are
 * claimed. Sums of a claim that is under way are in `progress` too, as far as its claim row has them.
 */
export interface JobRun {
  readonly state: JobState;
  /** How often the orchestration was started. */
  readonly start: number;
  readonly plan?: JobPlan;
  readonly stop?: StopReason;
  /** Identifies the rows that are committed: written before the commit begins. */
  readonly commitDigest?: string;
  /** When its removal began: from then on nobody finds it any more. */
  readonly removing?: string;
  /** Set once nothing holds its removal up any more. */
  readonly isGoing?: true;
  /** What is said of the job, where that was changed since it was made. */
  readonly labels?: JobLabels;
  readonly next: number;
  readonly largestClaim: number;
  /** Seconds that the slowest mini-batch took, among those of claims with outcomes. */
  readonly slowest?: number;
  readonly progress: JobProgress;
  readonly times: JobTimes;
  readonly warnings: readonly string[];
  /** The failures that came first. */
  readonly failures: readonly FailureSummary[];
  /** The first files that changed after they were listed. */
  readonly changed?: readonly string[];
  readonly error?: ErrorBody;
  readonly result?: JobResult;
}

/** Whether nothing of a job changes any more but what its end still lacks. */
export function isSealed({ state, times }: JobRun): boolean {
  return isEnded(state) || times.ending !== undefined;
}

export const noProgress: JobProgress = {
  miniBatches: 0,
  failedMiniBatches: 0,
  files: 0,
  failedFiles: 0,
  rows: 0,
  tries: 0,
  seconds: 0,
};

/** A job that has just been made, and is not started. */
export function newRun(created: string): JobRun {
  return {
    state: 'Queued',
    start: 0,
    next: 0,
    largestClaim: 0,
    progress: noProgress,
    times: { created },
    warnings: [],
    failures: [],
  };
}

/** Adds `sign` times the progress `b` to `a`. */
export function addProgress(a: JobProgress, b: JobProgress, sign: 1 | -1 = 1): JobProgress {
  const changed = (a.changedFiles ?? 0) + sign * (b.changedFiles ?? 0);
  return {
    miniBatches: a.miniBatches + sign * b.miniBatches,
    failedMiniBatches: a.failedMiniBatches + sign * b.failedMiniBatches,
    files: a.files + sign * b.files,
    failedFiles: a.failedFiles + sign * b.failedFiles,
    rows: a.rows + sign * b.rows,
    tries: a.tries + sign * b.tries,
    seconds: a.seconds + sign * b.seconds,
    ...(changed === 0 ? {} : { changedFiles: changed }),
  };
}
