import { createHash } from 'node:crypto';
import { openLanesAtOnce, type FinishAnswer, type OpenClaim } from '../domain/scoreJobMessages';
import { Tiling } from '../domain/tiling';
import { addProgress, noProgress, type JobPlan, type JobProgress } from '../jobs/jobRun';
import { jobPrefix } from '../jobs/jobKeys';
import { partName, type ClaimRow, type Outcome, type PartKind } from '../planning/claimRow';
import type { BlobStore, PartList, StagedPart } from '../stores/blobStore';
import { partList } from './partLists';
import { SettledClaims, type SettledClaim } from './settledClaims';

export type { SettledClaim } from './settledClaims';

type TakenFrom = NonNullable<Outcome['takenFrom']>;

/** What the outcomes of a job come to, in their order. */
export interface OutcomeOrder {
  /** Identifies the rows of the job: SHA-256 over the ranges and the digests of their rows. */
  readonly digest: string;
  /** What keeps the outcomes from being the whole job, or `undefined`. */
  readonly fault: string | undefined;
}

/**
 * All claims of a job: those with outcomes in the order of their mini-batches, and those without. However many there
 * are, some thousands of them are in memory at most; the others are on disk until `close`.
 */
export class Outcomes {
  /** The sum over all outcomes. */
  progress: JobProgress = noProgress;
  private readonly settled: SettledClaims;
  /** A lane has one of them at most. */
  private readonly unsettled: OpenClaim[] = [];
  private readonly bytes = new Map<PartKind, number>();
  private lastLane = -1;

  private constructor(
    private readonly job: string,
    scratch: string,
  ) {
    this.settled = new SettledClaims(scratch);
  }

  /** Gathers the claims of a job; `scratch` is the folder of this process for unfinished work. */
  static async collect(job: string, claims: AsyncIterable<ClaimRow>, scratch: string): Promise<Outcomes> {
    const outcomes = new Outcomes(job, scratch);
    try {
      for await (const claim of claims) await outcomes.add(claim);
      await outcomes.settled.finish();
      return outcomes;
    } catch (error) {
      await outcomes.close();
      throw error;
    }
  }

  /**
   * What still has to be scored although no lane is left: claims without an outcome, of some lanes at once, or, where
   * there are none, a lane of a new number for the mini-batches that nobody has claimed.
   */
  open(plan: JobPlan, claimed: number): FinishAnswer {
    const { length: left } = this.unsettled;
    if (left > 0) return { open: this.unsettled.slice(0, openLanesAtOnce), left };
    if (claimed >= plan.miniBatches) return { open: [], left };
    const lane = this.lastLane + 1;
    return { open: [{ lane, sequence: 0, from: claimed, to: plan.miniBatches }], left: 1 };
  }

  /** What the outcomes come to, for a job of so many mini-batches. */
  async order(miniBatches: number): Promise<OutcomeOrder> {
    const hash = createHash('sha256');
    const tiling = new Tiling();
    for await (const claim of this.settled) {
      hash.update(`${claim.from}-${claim.to}:${claim.outcome.digest}\n`);
      tiling.take(claim);
    }
    return { digest: hash.digest('hex'), fault: tiling.fault(miniBatches) };
  }

  /** The claims with their outcomes. */
  claims(): AsyncIterable<SettledClaim> {
    return this.settled;
  }

  /** The claims that have left something of a kind. */
  async *with(kind: PartKind): AsyncGenerator<SettledClaim> {
    if (!this.bytes.has(kind)) return;
    for await (const claim of this.settled) if (claim.outcome.parts[kind] !== undefined) yield claim;
  }

  /** The parts of one kind in the order of their mini-batches. */
  parts(blobs: BlobStore, kind: PartKind): PartList {
    return partList(this.bytes.get(kind) ?? 0, () => this.walkParts(blobs, kind));
  }

  /** The name of the blob with a part of a claim. */
  name(claim: SettledClaim, kind: PartKind): string {
    const { job, ...place } = this.placeOf(claim);
    return `${jobPrefix(job)}${partName(place, claim.outcome.attempt, kind)}`;
  }

  /** The start of the names of the files that a script wrote itself while a claim was scored. */
  writtenPrefix(claim: SettledClaim): string {
    const { job, lane, sequence } = this.placeOf(claim);
    return `${jobPrefix(job)}parts/${lane}-${sequence}-${claim.outcome.attempt}.written/`;
  }

  /** Removes what was on disk. Nothing is to be asked for after that. */
  close(): Promise<void> {
    return this.settled.close();
  }

  private async *walkParts(blobs: BlobStore, kind: PartKind): AsyncGenerator<StagedPart> {
    for await (const claim of this.with(kind))
      yield { store: blobs, name: this.name(claim, kind), size: claim.outcome.parts[kind] ?? 0 };
  }

  private async add({ lane, sequence, from, to, outcome, progress }: ClaimRow): Promise<void> {
    if (outcome === undefined) {
      this.unsettled.push({ lane, sequence, from, to });
      return;
    }
    this.progress = addProgress(this.progress, progress);
    this.lastLane = Math.max(this.lastLane, lane);
    for (const [kind, size] of Object.entries(outcome.parts) as [PartKind, number][])
      this.bytes.set(kind, (this.bytes.get(kind) ?? 0) + size);
    await this.settled.add({ lane, sequence, from, to, outcome });
  }

  /** The job and the claim of it that the parts lie below: those of a claim that was taken over stay where they are. */
  private placeOf({ lane, sequence, outcome }: SettledClaim): TakenFrom {
    return outcome.takenFrom ?? { job: this.job, lane, sequence };
  }
}
