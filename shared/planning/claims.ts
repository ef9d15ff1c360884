import { claimSize } from '../domain/claimSize';
import type { MiniBatchRange } from '../domain/tiling';
import { crossesThreshold } from '../domain/errorThreshold';
import { failure, isFailure } from '../errors/batchpointError';
import { jobPartition } from '../jobs/jobKeys';
import {
  addProgress,
  isSealed,
  changesNamed,
  failuresKept,
  noProgress,
  type JobPlan,
  type FailureSummary,
  type JobProgress,
  type JobRun,
} from '../jobs/jobRun';
import { runRow, type JobStore } from '../jobs/jobStore';
import { conflictPause, type ConflictPause } from '../stores/conflictPause';
import type { Row, RowChange, TableStore } from '../stores/tableStore';
import { claimRowKey, claimRows, takenRowKey, takenRows, type ClaimRow, type Outcome } from './claimRow';

/** Rows that are written as one group. */
const rowsInGroup = 100;

/** Which claim is meant. */
export interface ClaimId {
  readonly job: string;
  readonly lane: number;
  readonly sequence: number;
}

/** What `take` found: a claim to score, one that has its outcome already, or nothing to do. */
export type Taken =
  | { readonly kind: 'claim'; readonly claim: ClaimRow }
  | { readonly kind: 'settled' }
  | { readonly kind: 'none' };

/** The end of a claim: its outcome, what was done, and how far it came. */
export interface Settlement {
  readonly outcome: Outcome;
  readonly progress: JobProgress;
  /** The first mini-batch that is not in the outcome. */
  readonly to: number;
  /** Tries that mini-batches from `to` on have used up, by mini-batch. */
  readonly carried: Readonly<Record<string, number>>;
  /** When the first mini-batch was scored, as ISO 8601. */
  readonly firstScored: string;
  /** Seconds that the slowest of its mini-batches took. */
  readonly slowest?: number;
  /** The first failures of the claim. */
  readonly failures: readonly FailureSummary[];
  /** The first files of the claim that changed after they were listed. */
  readonly changed?: readonly string[];
}

/**
 * The claims of jobs. Every write is one atomic group with the job's run row, so a claim and the cursor, an
 * outcome and the sums, move together or not at all, and a job that has been decided takes no more of them.
 */
export class Claims {
  constructor(
    private readonly tables: TableStore,
    private readonly jobs: JobStore,
    private readonly now: () => Date,
    /** Seconds that one claim should take. */
    private readonly targetSeconds: number,
    private readonly pause: ConflictPause = conflictPause,
  ) {}

  /**
   * The claim of a lane and sequence number. Asked again, it is the same claim: with an outcome there is nothing
   * left to do, without one it is a new attempt, and the mini-batch that the last attempt had begun is noted as
   * lost with it. Where there is none yet, the next stretch of the manifest is taken, while the job runs.
   */
  take(id: ClaimId): Promise<Taken> {
    return this.write<Taken>(id, async (run, present) => {
      if (present?.outcome !== undefined) return { answer: { kind: 'settled' } };
      if (run.state !== 'Running' || run.plan === undefined) return { answer: { kind: 'none' } };
      if (present !== undefined) return this.retake(run, present);
      const open = await this.openStretch(id.job, run.plan, run.next);
      // The cursor is put behind what was taken over at the end too: then nothing is open any more.
      if (open.from === open.to)
        return {
          answer: { kind: 'none' },
          ...(open.from > run.next && { run: { ...run, next: open.from } }),
        };
      const wanted = claimSize({
        left: run.plan.miniBatches - open.from,
        lanes: run.plan.lanes,
        done: run.progress.miniBatches,
        seconds: run.progress.seconds,
        slowest: run.slowest ?? 0,
        largest: run.largestClaim,
        targetSeconds: this.targetSeconds,
      });
      const size = Math.min(wanted, open.to - open.from);
      const claim = newClaim(id, open.from, open.from + size);
      const next = { ...run, next: claim.to, largestClaim: Math.max(run.largestClaim, size) };
      return { run: next, claim, answer: { kind: 'claim', claim } };
    });
  }

  /** The next mini-batches from the cursor on that nobody has claimed and no other job has scored. */
  private async openStretch(
    job: string,
    { miniBatches, takenOver }: JobPlan,
    next: number,
  ): Promise<MiniBatchRange> {
    if (takenOver === undefined) return { from: next, to: miniBatches };
    const range = { from: takenRowKey(next), before: takenRows.before };
    let from = next;
    for await (const { value } of this.tables.query<ClaimRow>(jobPartition(job), range)) {
      if (value.from > from) return { from, to: value.from };
      from = value.to;
    }
    return { from, to: miniBatches };
  }

  /**
   * Takes the claims of a job that has ended over into another one, as far as nothing in them failed; their parts stay
   * where they are. Answers what they have done. Done again, it writes the same.
   */
  async takeOver(from: string, to: string): Promise<JobProgress> {
    let progress = noProgress;
    let changes: RowChange[] = [];
    const write = async (): Promise<void> => {
      if (changes.length > 0) await this.tables.commit(jobPartition(to), changes);
      changes = [];
    };
    for await (const claim of this.all(from)) {
      if (claim.outcome === undefined || claim.progress.failedFiles > 0) continue;
      progress = addProgress(progress, claim.progress);
      const value = takenClaim(claim, claim.outcome, from);
      changes.push({ kind: 'put', row: takenRowKey(claim.from), value });
      if (changes.length === rowsInGroup) await write();
    }
    await write();
    return progress;
  }

  private retake(run: JobRun, present: ClaimRow): Step<Taken> {
    const { begun, ...kept } = present;
    const lost = { ...present.lost };
    if (begun !== undefined) lost[begun] = (lost[begun] ?? 0) + 1;
    const claim: ClaimRow = { ...kept, attempt: present.attempt + 1, progress: noProgress, lost };
    const progress = addProgress(run.progress, present.progress, -1);
    return { run: { ...run, progress }, claim, answer: { kind: 'claim', claim } };
  }

  /**
   * Writes what an attempt has done so far into its claim and into the job's sum, and stops the job where the sum
   * crosses the error threshold. Answers the run as it is then, so that the caller sees a stop.
   */
  report(claim: ClaimRow, id: ClaimId, progress: JobProgress, errorThreshold: number): Promise<JobRun> {
    return this.write<JobRun>(id, (run, present) => {
      if (run.state !== 'Running' || !isCurrent(present, claim)) return { answer: run };
      const summed = addProgress(addProgress(run.progress, present.progress, -1), progress);
      const next = this.stopAtThreshold({ ...run, progress: summed }, errorThreshold);
      return { run: next, claim: { ...present, progress }, answer: next };
    });
  }

  /** Notes the mini-batch that an attempt begins, so that it can be charged if it takes the process down. */
  async begin(claim: ClaimRow, id: ClaimId, miniBatch: number): Promise<void> {
    await this.write(id, (run, present) =>
      isCurrent(present, claim) && takesOutcomes(run)
        ? { run, claim: { ...present, begun: miniBatch }, answer: undefined }
        : { answer: undefined },
    );
  }

  /**
   * Leaves a claim without an outcome to its next delivery: no mini-batch is at work any more, and tries that were
   * used up stay used up.
   */
  async postpone(claim: ClaimRow, id: ClaimId, carried: Settlement['carried']): Promise<void> {
    await this.write(id, (run, present) => {
      if (!isCurrent(present, claim) || !takesOutcomes(run)) return { answer: undefined };
      const { begun, ...kept } = present;
      const unchanged = begun === undefined && Object.keys(carried).length === 0;
      return unchanged
        ? { answer: undefined }
        : { run, claim: { ...kept, charged: carried }, answer: undefined };
    });
  }

  /**
   * Writes the outcome of a claim: the first one wins, and who comes later is told `false`. A claim that ended
   * early keeps what it has, and the rest becomes the lane's next claim while the job runs. What a stopping job
   * has scored is kept too; after the end nothing is taken.
   */
  settle(id: ClaimId, settlement: Settlement, errorThreshold: number): Promise<boolean> {
    const { outcome, progress, to, carried } = settlement;
    return this.write<boolean>(id, (run, present) => {
      // A reply that was lost on its way looks like a conflict: the outcome may well be ours.
      if (present?.outcome !== undefined) return { answer: present.outcome.attempt === outcome.attempt };
      if (!takesOutcomes(run) || present === undefined) return { answer: false };
      const claim: ClaimRow = { ...present, to, progress, outcome };
      const summed = addProgress(addProgress(run.progress, present.progress, -1), progress);
      const times = {
        ...run.times,
        firstScored: earlier(run.times.firstScored, settlement.firstScored),
        scored: this.now().toISOString(),
      };
      const failures = [...run.failures, ...settlement.failures].slice(0, failuresKept);
      const changed = [...(run.changed ?? []), ...(settlement.changed ?? [])].slice(0, changesNamed);
      const named = changed.length === 0 ? {} : { changed };
      const slowest = Math.max(run.slowest ?? 0, settlement.slowest ?? 0);
      const next = this.stopAtThreshold(
        { ...run, ...named, progress: summed, slowest, times, failures },
        errorThreshold,
      );
      const rest =
        to < present.to && run.state === 'Running'
          ? {
              ...newClaim({ ...id, sequence: id.sequence + 1 }, to, present.to),
              charged: carried,
              lost: present.lost,
            }
          : undefined;
      return { run: next, claim, rest, answer: true };
    });
  }

  /** All claims of a job, by lane and sequence, and then those that it has taken over. */
  async *all(job: string): AsyncGenerator<ClaimRow> {
    for (const rows of [claimRows, takenRows])
      for await (const { value } of this.tables.query<ClaimRow>(jobPartition(job), rows)) yield value;
  }

  private stopAtThreshold(run: JobRun, errorThreshold: number): JobRun {
    const { failedFiles } = run.progress;
    if (run.state !== 'Running' || !crossesThreshold(failedFiles, errorThreshold)) return run;
    const error = failure('ErrorThresholdExceeded', {
      failed: failedFiles,
      threshold: errorThreshold,
    }).toBody();
    const times = { ...run.times, finishing: this.now().toISOString() };
    return { ...run, state: 'Stopping', stop: { cancelled: false, error }, times };
  }

  /** Reads the run and the claim, asks what to write, and writes it where nobody else wrote in between. */
  private async write<Answer>(
    id: ClaimId,
    decide: (run: JobRun, claim: ClaimRow | undefined) => Step<Answer> | Promise<Step<Answer>>,
  ): Promise<Answer> {
    const partition = jobPartition(id.job);
    const key = claimRowKey(id.lane, id.sequence);
    for (let conflict = 1; ; conflict++) {
      const [run, claim] = await Promise.all([
        this.jobs.run(id.job),
        this.tables.get<ClaimRow>(partition, key),
      ]);
      const step = await decide(run.value, claim?.value);
      if (step.run === undefined) return step.answer;
      try {
        await this.tables.commit(partition, changes(step, run, claim, key));
        return step.answer;
      } catch (error) {
        if (!isFailure(error, 'RowConflict')) throw error;
      }
      await this.pause(conflict);
    }
  }
}

/** What to write, if anything, and what to answer once it is written. */
interface Step<Answer> {
  readonly run?: JobRun;
  readonly claim?: ClaimRow;
  readonly rest?: ClaimRow | undefined;
  readonly answer: Answer;
}

function changes(
  step: Step<unknown>,
  run: Row<JobRun>,
  claim: Row<ClaimRow> | undefined,
  key: string,
): RowChange[] {
  const made: RowChange[] = [{ kind: 'replace', row: runRow, value: step.run ?? run.value, etag: run.etag }];
  if (step.claim !== undefined) {
    made.push(
      claim === undefined
        ? { kind: 'insert', row: key, value: step.claim }
        : { kind: 'replace', row: key, value: step.claim, etag: claim.etag },
    );
  }
  if (step.rest !== undefined) {
    const { lane, sequence } = step.rest;
    made.push({ kind: 'insert', row: claimRowKey(lane, sequence), value: step.rest });
  }
  return made;
}

/** What of a claim counts in the job that takes it over: its rows, and what its script wrote; not what it printed. */
function takenClaim(claim: ClaimRow, outcome: Outcome, job: string): ClaimRow {
  const { from, to, lane, sequence, progress } = claim;
  const { stdout, stderr, ...parts } = outcome.parts;
  const { attempt, digest, takenFrom = { job, lane, sequence } } = outcome;
  // No lane has scored it here.
  const place = { lane: -1, sequence: 0 };
  const taken: Outcome = { attempt, parts, digest, worker: '', takenFrom };
  return { ...newClaim(place, from, to), progress, outcome: taken };
}

function newClaim({ lane, sequence }: Omit<ClaimId, 'job'>, from: number, to: number): ClaimRow {
  return { lane, sequence, from, to, attempt: 1, progress: noProgress, charged: {}, lost: {} };
}

function isCurrent(present: ClaimRow | undefined, claim: ClaimRow): present is ClaimRow {
  return present !== undefined && present.outcome === undefined && present.attempt === claim.attempt;
}

/** Whether what is scored still counts: also of a job that stops, until its end is being written. */
function takesOutcomes(run: JobRun): boolean {
  return (run.state === 'Running' || run.state === 'Stopping') && !isSealed(run);
}

function earlier(a: string | undefined, b: string): string {
  return a !== undefined && a < b ? a : b;
}
