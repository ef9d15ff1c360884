import type { MiniBatchRange } from './tiling';

/**
 * What orchestrations and activities say to each other: always an object, always small. Rows, names of files and
 * errors stay in storage; a history carries references and counts.
 */

/**
 * Starts the run of a job. `start` counts the starts of this job, so that ids of lanes differ between them; `waits` how
 * often it has waited in vain to be admitted to its compute, or for a store.
 */
export interface ScoreJobInput {
  readonly job: string;
  readonly start: number;
  readonly waits?: number;
  /** Where claims lost their lanes: how often they were scored again so far. The lanes themselves have ended then. */
  readonly repairs?: Repairs;
}

/** Repairs of a job so far: all of them, those since claims became fewer, and the claims that were open then. */
export interface Repairs {
  readonly rounds: number;
  readonly inVain: number;
  readonly open: number;
}

/** Names a job by its key. */
export interface JobInput {
  readonly job: string;
}

/**
 * The answer of `planJob`: how many lanes to run; 0 where there is nothing to score. `wait` where the job has not been
 * admitted to its compute, or a store is away: then it is to be asked again.
 */
export interface PlanAnswer {
  readonly lanes: number;
  readonly wait?: boolean;
}

/** The next claim of a lane, or again the one it has: `(lane, sequence)` names it. */
export interface ScoreNextInput {
  readonly job: string;
  readonly lane: number;
  readonly sequence: number;
}

/**
 * The answer of `scoreNext`: `more` where the lane should ask for its next claim, `again` where that is the same one,
 * as time was up before any of it had its result; or as the lane has no place on its compute, or a store is away: then it
 * is to `wait` first.
 */
export interface ScoreNextAnswer {
  readonly more: boolean;
  readonly again?: boolean;
  readonly wait?: boolean;
}

/** Stops a job because its machinery failed: a retry policy was used up. */
export interface StopJobInput {
  readonly job: string;
  readonly reason: string;
}

/** A claim that has no outcome although its lane has ended. */
export interface OpenClaim extends MiniBatchRange {
  readonly lane: number;
  readonly sequence: number;
}

/** So many lanes `finishJob` names at most, so that what it answers stays small, and what follows from it too. */
export const openLanesAtOnce = 20;

/**
 * The answer of `finishJob`: where claims are open, they have to be scored before it is called again. `wait` where a store
 * is away: then it is to be asked again.
 */
export interface FinishAnswer {
  /** Those of the first lanes that have any. */
  readonly open: readonly OpenClaim[];
  /** How many claims are open in all. */
  readonly left: number;
  readonly wait?: boolean;
}

/** A lane, from its claim `sequence` on; `waits` is how often it has waited in vain for a place or a store. */
export interface ScoreLaneInput {
  readonly job: string;
  readonly lane: number;
  readonly sequence: number;
  readonly waits?: number;
}

/** Lanes `[from, to)`. `prefix` starts the ids of their instances. */
export interface ScoreLaneGroupInput {
  readonly job: string;
  readonly prefix: string;
  readonly from: number;
  readonly to: number;
}

/** What activities answer where a store is away, so that they are asked again: nothing waits for a scorer to be warm. */
export const whileStoreIsAway = {
  planJob: { lanes: 0, wait: true } satisfies PlanAnswer,
  prepareScorer: {},
  scoreNext: { more: true, again: true, wait: true } satisfies ScoreNextAnswer,
  finishJob: { open: [], left: 0, wait: true } satisfies FinishAnswer,
} as const;
