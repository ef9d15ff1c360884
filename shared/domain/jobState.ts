/**
 * The one state that decides about a job. It stands in the job's run row and moves by ETag, so that of two who
 * want to move it the first wins.
 *
 * ```
 * Queued -> Preparing -> Running -> Committing -> Completed
 *    \          \           \            \-> Reverting -> Failed
 *     \----------\-----------\-> Stopping -------------> Failed | Canceled
 * ```
 *
 * `Reverting` is a commit that has failed for good: from then on, whoever has committed anything takes it back.
 */
export const jobStates = {
  Queued: 'Queued',
  Preparing: 'Preparing',
  Running: 'Running',
  Committing: 'Committing',
  Reverting: 'Reverting',
  Stopping: 'Stopping',
  Completed: 'Completed',
  Failed: 'Failed',
  Canceled: 'Canceled',
} as const;

export type JobState = keyof typeof jobStates;

const moves: Readonly<Record<JobState, readonly JobState[]>> = {
  Queued: ['Preparing', 'Stopping'],
  Preparing: ['Running', 'Stopping'],
  Running: ['Committing', 'Stopping'],
  Committing: ['Completed', 'Reverting'],
  Reverting: ['Failed'],
  Stopping: ['Failed', 'Canceled'],
  Completed: [],
  Failed: [],
  Canceled: [],
};

/** Whether a job may go from one state to another. */
export function mayMove(from: JobState, to: JobState): boolean {
  return moves[from].includes(to);
}

/** Whether a job has come to its end: nothing of it changes any more. */
export function isEnded(state: JobState): boolean {
  return moves[state].length === 0;
}

/** Whether a job can still be stopped: up to the moment in which the commit is decided. */
export function isStoppable(state: JobState): boolean {
  return mayMove(state, jobStates.Stopping);
}

/** The status words that clients of Azure Machine Learning know. */
type JobStatus =
  'Queued' | 'Preparing' | 'Running' | 'Finalizing' | 'CancelRequested' | 'Completed' | 'Failed' | 'Canceled';

/** What a client sees of a state; `cancelled` says that a stop was asked for by a person. */
export function statusOf(state: JobState, cancelled: boolean): JobStatus {
  if (state === 'Committing' || state === 'Reverting') return 'Finalizing';
  if (state === 'Stopping') return cancelled ? 'CancelRequested' : 'Finalizing';
  return state;
}

/** The coarser word of the data plane: `provisioningState` of a job. */
export function provisioningStateOf(state: JobState): 'InProgress' | 'Succeeded' | 'Failed' | 'Canceled' {
  if (state === 'Completed') return 'Succeeded';
  if (state === 'Failed' || state === 'Canceled') return state;
  return 'InProgress';
}
