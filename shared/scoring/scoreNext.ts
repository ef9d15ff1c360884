import { join } from 'node:path';
import type { ScoreNextAnswer, ScoreNextInput } from '../domain/scoreJobMessages';
import { isFailure } from '../errors/batchpointError';
import type { JobStore } from '../jobs/jobStore';
import { warnJob } from '../jobs/jobWarnings';
import type { ClaimRow } from '../planning/claimRow';
import type { ClaimId, Claims } from '../planning/claims';
import type { Places, Wake } from '../places/places';
import type { BlobStore } from '../stores/blobStore';
import { fileFailure, isDiskFull } from '../stores/fileErrors';
import { EncodedClaim } from '../outputs/blocks/encodedClaim';
import type { RowEncoder } from '../outputs/blocks/rowEncoder';
import { ClaimFiles } from './claimFiles';
import { ClaimScoring } from './claimScoring';
import { ClaimTally } from './claimTally';
import { ClaimWatch } from './claimWatch';
import { FileChanges } from './fileChanges';
import type { JobScoring, JobScorings } from './jobScoring';
import { MiniBatchFeed } from './miniBatchFeed';
import type { ScoringWorker, ScoringWorkers } from './scoringWorker';
import { acquireWorker } from './startWorker';
import { deadlineOf, patienceFor } from './timeBudget';

/** What scoring works with. */
export interface ScoringContext {
  readonly jobs: JobStore;
  readonly claims: Claims;
  readonly places: Pick<Places, 'atBorder' | 'laneEnded'>;
  /** Told of orchestrations that need not wait for a place any longer; without it they wait until their time is over. */
  readonly wake?: Wake;
  readonly blobs: BlobStore;
  readonly scorings: JobScorings;
  readonly pool: ScoringWorkers;
  readonly encoder: RowEncoder;
  /** The folder of this process for unfinished work. */
  readonly scratch: string;
  /** Seconds that one activity may take; `undefined` where nothing limits it. */
  readonly activitySeconds: number | undefined;
  readonly now: () => Date;
}

/**
 * Scores the claim of a lane and sequence number: a new one, or again the one that an earlier delivery has left
 * without an outcome. The answer comes from the store alone, so that a repeated delivery answers the same. A lane that has
 * no place on its compute is to wait.
 */
export async function scoreNext(context: ScoringContext, input: ScoreNextInput): Promise<ScoreNextAnswer> {
  const deadline = deadlineOf(context.activitySeconds);
  const id: ClaimId = { job: input.job, lane: input.lane, sequence: input.sequence };
  const { go, wake } = await context.places.atBorder(id);
  await context.wake?.(wake);
  if (!go) return { more: true, again: true, wait: true };
  const taken = await context.claims.take(id);
  if (taken.kind === 'none') return endLane(context, id);
  if (taken.kind === 'settled') return { more: true };
  try {
    const job = await context.scorings.get(input.job);
    const scored = await scoreClaim(context, { id, claim: taken.claim, job, deadline });
    return scored ? { more: true } : { more: true, again: true };
  } catch (thrown) {
    const error = isDiskFull(thrown) ? fileFailure(thrown, { store: context.scratch }) : thrown;
    // What a person has to mend, such as a full disk, does not go away by trying again.
    if (!isFailure(error) || error.retryable) throw error;
    await context.jobs.stop(input.job, { cancelled: false, error: error.toBody() });
    return endLane(context, id);
  }
}

/** Nothing is left for a lane: others may have its place. */
async function endLane({ places, wake }: ScoringContext, { job, lane }: ClaimId): Promise<ScoreNextAnswer> {
  await wake?.(await places.laneEnded(job, lane));
  return { more: false };
}

/** One attempt at a claim; says whether any of it has its result, or none is wanted any more. */
async function scoreClaim(
  context: ScoringContext,
  work: { id: ClaimId; claim: ClaimRow; job: JobScoring; deadline: number },
): Promise<boolean> {
  const { id, claim, job, deadline } = work;
  const { spec } = job;
  const folder = join(
    context.scratch,
    'claims',
    `${spec.key}-${claim.lane}-${claim.sequence}-${claim.attempt}`,
  );
  const encoded = job.encoding && new EncodedClaim(context.encoder, job.encoding, join(folder, 'encoded'));
  const files = new ClaimFiles(context.blobs, spec.key, claim, folder, encoded);
  const watch = new ClaimWatch(context, id, claim, spec.settings.errorThreshold, context.now);
  const { patience } = patienceFor(spec.settings.timeoutSeconds, deadline);
  const enough = patience === undefined ? watch.stopped : AbortSignal.any([watch.stopped, patience]);
  const { listed } = job.manifest.head;
  const changes = new FileChanges(listed === undefined ? undefined : Date.parse(listed), context.now);
  const feed = new MiniBatchFeed(job.manifest, job.source, files.folders, claim.to, enough, changes);
  const tally = new ClaimTally(claim, spec.settings.maxTries, context.now);
  const scoring = new ClaimScoring({
    claim,
    settings: spec.settings,
    tally,
    feed,
    files,
    watch,
    acquire: () => acquireOrStop(context, job, watch, deadline),
    release: async (worker) => {
      await context.pool.release(worker, spec.key);
      await warnJob(context.jobs, spec.key, worker.warnings).catch(ignoreUnavailable);
    },
    discard: (worker) => context.pool.discard(worker),
    deadline,
  });
  let settled = false;
  try {
    await files.make();
    await scoring.run();
    if (tally.next > claim.from) {
      await settle(context, { id, files, scoring, tally, errorThreshold: spec.settings.errorThreshold });
      settled = true;
    } else if (watch.fault !== undefined) throw watch.fault;
    return settled || watch.jobStopped;
  } finally {
    watch.close();
    await feed.close();
    await files.remove();
    // A failure of the machinery is not the fault of the mini-batch that was at work.
    if (!settled) await context.claims.postpone(claim, id, tally.carried).catch(ignoreUnavailable);
  }
}

/** The store is away: then the claim stays as it is, and at worst a mini-batch is charged one try too many. */
function ignoreUnavailable(error: unknown): void {
  if (!isFailure(error) || !error.retryable) throw error;
}

/**
 * A scorer that cannot be started stops the job; whoever asked for it gets none. Where the scorers of this machine are
 * busy for so long that one `run()` would no longer fit before the deadline, there is none either.
 */
async function acquireOrStop(
  context: ScoringContext,
  { scorer, spec }: JobScoring,
  watch: ClaimWatch,
  deadline: number,
): Promise<ScoringWorker | undefined> {
  const options = patienceFor(spec.settings.timeoutSeconds, deadline);
  try {
    return await acquireWorker(context.pool, scorer, spec, watch.cancelled, options);
  } catch (error) {
    if (!isFailure(error) || error.retryable) throw error;
    await watch.fail(error);
    return undefined;
  }
}

async function settle(
  context: ScoringContext,
  work: { id: ClaimId; files: ClaimFiles; scoring: ClaimScoring; tally: ClaimTally; errorThreshold: number },
): Promise<void> {
  const { id, files, scoring, tally, errorThreshold } = work;
  const { parts, digest } = await files.stage({
    failures: tally.log.failuresText,
    report: tally.log.reportText,
    changes: tally.log.changesText,
    stdout: Buffer.concat(scoring.stdout),
    stderr: Buffer.concat(scoring.stderr),
  });
  const won = await context.claims.settle(
    id,
    {
      outcome: { attempt: files.attempt, parts, digest, worker: tally.worker },
      progress: tally.progress,
      to: tally.next,
      firstScored: tally.firstScored ?? context.now().toISOString(),
      slowest: tally.slowest,
      carried: tally.carried,
      failures: tally.log.summaries,
      changed: tally.log.changed,
    },
    errorThreshold,
  );
  if (!won) await files.withdraw();
}
