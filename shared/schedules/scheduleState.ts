import type { ErrorBody } from '../errors/batchpointError';
import type { Stored } from '../registry/namedResources';
import { nextDue, startOfRun } from './dueTimes';
import type { Schedule } from './schedule';

/** What became of a run: it has a job, or was left out, or could not start its job. */
export type RunOutcome = 'Started' | 'Overlap' | 'Missed' | 'Failed';

/** A run that is over, as far as its schedule is concerned. */
export interface ScheduleRun {
  /** When it was due, as ISO 8601 in UTC, and when that was looked at. */
  readonly due: string;
  readonly startedAt: string;
  readonly outcome: RunOutcome;
  readonly job?: string;
  /** Why it has no job. */
  readonly reason?: { readonly code: string; readonly message: string };
}

/** The next run: when it is due, and when it starts, which may be later by jitter. ISO 8601 in UTC. */
export interface NextRun {
  readonly due: string;
  readonly startsAt: string;
}

/** How far a schedule is: one row, changed by ETag. */
export interface ScheduleState {
  readonly name: string;
  /** What the due times were found by; where the schedule says another thing, they are found anew. */
  readonly times: string;
  readonly createdAt: string;
  /** Nothing where it is disabled, or over. */
  readonly next?: NextRun;
  readonly lastRun?: ScheduleRun;
  /** Jobs that it has started and that may not have ended, the newest last. */
  readonly openJobs: readonly string[];
  /** Missed runs are made up for that were due until then, from the next one on. */
  readonly makingUpUntil?: string;
  /** The next run is being tried: since when, and what hinders it. */
  readonly trying?: { readonly since: string; readonly error: ErrorBody };
}

/** So many open jobs are kept in mind. */
const jobsKept = 20;

/** Everything that the due times of a schedule follow from. Other jitter is taken from the next run but one on. */
export function timesOf({ value }: Stored<Schedule>): string {
  const { when, createdAt, activeSince, enabled } = value;
  return JSON.stringify([when, createdAt, activeSince, enabled]);
}

/** The state of a schedule that is new, or was changed: with the run that is due next after it became active. */
export function newState(schedule: Stored<Schedule>, before: ScheduleState | undefined): ScheduleState {
  const { name, value } = schedule;
  const { createdAt, activeSince } = value;
  // Another one had the name before: nothing that became of that is told of this one.
  const known = before?.createdAt === createdAt ? before : undefined;
  const next = value.enabled ? runAfter(schedule, new Date(activeSince)) : undefined;
  return {
    name,
    createdAt,
    times: timesOf(schedule),
    openJobs: known?.openJobs ?? [],
    ...(known?.lastRun === undefined ? {} : { lastRun: known.lastRun }),
    ...(next === undefined ? {} : { next }),
  };
}

/** The first run that is due after a moment. */
export function runAfter(schedule: Stored<Schedule>, after: Date): NextRun | undefined {
  const due = nextDue(schedule.value, after);
  return due === undefined ? undefined : runAt(schedule, due);
}

/** The run that is due at a moment. */
export function runAt({ name, value }: Stored<Schedule>, due: Date): NextRun {
  return { due: due.toISOString(), startsAt: startOfRun(name, value, due).toISOString() };
}

/** The state with another next run, which is not tried yet. */
export function withNext(
  { trying: _trying, next: _next, ...state }: ScheduleState,
  next: NextRun | undefined,
): ScheduleState {
  return { ...state, ...(next === undefined ? {} : { next }) };
}

/** The state after a run; the next one stays as it is. */
export function withRun(state: ScheduleState, lastRun: ScheduleRun): ScheduleState {
  return withJob({ ...state, lastRun }, lastRun.job);
}

/** The state after a job was started. */
export function withJob(state: ScheduleState, job: string | undefined): ScheduleState {
  if (job === undefined || state.openJobs.includes(job)) return state;
  return { ...state, openJobs: [...state.openJobs, job].slice(-jobsKept) };
}

/** How a schedule goes, as clients see it. */
export interface ShownState {
  readonly state: 'Active' | 'Disabled' | 'Ended' | 'Degraded';
  readonly nextRun?: string;
  readonly lastRun?: ScheduleRun;
  readonly reason?: { readonly code: string; readonly message: string };
}

/**
 * How a schedule goes: degraded where its last run could not start a job, or its next one cannot at the moment. Its row may
 * be older than the schedule, or not be there yet.
 */
export function shownState(schedule: Stored<Schedule>, row: ScheduleState | undefined): ShownState {
  const state = row?.times === timesOf(schedule) ? row : newState(schedule, row);
  const { lastRun, next, trying } = state;
  const told = {
    ...(next === undefined ? {} : { nextRun: next.due }),
    ...(lastRun === undefined ? {} : { lastRun }),
  };
  if (!schedule.value.enabled) return { state: 'Disabled', ...told };
  if (trying !== undefined) {
    const { code, message } = trying.error;
    return { state: 'Degraded', ...told, reason: { code, message } };
  }
  if (next === undefined) return { state: 'Ended', ...told };
  if (lastRun?.outcome !== 'Failed') return { state: 'Active', ...told };
  return { state: 'Degraded', ...told, ...(lastRun.reason === undefined ? {} : { reason: lastRun.reason }) };
}
