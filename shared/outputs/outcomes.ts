import { createHash } from 'node:crypto';
import type { OpenClaim } from '../domain/scoreJobMessages';
import { tilingFault } from '../domain/tiling';
import { addProgress, noProgress, type JobPlan, type JobProgress } from '../jobs/jobRun';
import { jobPrefix } from '../jobs/jobKeys';
import { partName, type ClaimRow, type Outcome, type PartKind } from '../planning/claimRow';
import type { BlobStore, StagedPart } from '../stores/blobStore';

/** A claim with its outcome. */
export type SettledClaim = ClaimRow & { readonly outcome: Outcome };

type TakenFrom = NonNullable<Outcome['takenFrom']>;

/** All claims of a job: those with outcomes in the order of their mini-batches, and those without. */
export class Outcomes {
  private constructor(
    private readonly job: string,
    readonly settled: readonly SettledClaim[],
    private readonly unsettled: readonly ClaimRow[],
  ) {}

  static async collect(job: string, claims: AsyncIterable<ClaimRow>): Promise<Outcomes> {
    const settled: SettledClaim[] = [];
    const unsettled: ClaimRow[] = [];
    for await (const claim of claims) {
      if (isSettled(claim)) settled.push(claim);
      else unsettled.push(claim);
    }
    settled.sort((a, b) => a.from - b.from);
    return new Outcomes(job, settled, unsettled);
  }

  /**
   * What still has to be scored although no lane is left: claims without an outcome, or, where there are none, a
   * lane of a new number for the mini-batches that nobody has claimed.
   */
  open(plan: JobPlan, claimed: number): OpenClaim[] {
    const open = this.unsettled.map(({ lane, sequence, from, to }) => ({ lane, sequence, from, to }));
    if (open.length > 0 || claimed >= plan.miniBatches) return open;
    const lane = 1 + Math.max(-1, ...this.settled.map((claim) => claim.lane));
    return [{ lane, sequence: 0, from: claimed, to: plan.miniBatches }];
  }

  /** What keeps the outcomes from being the whole job, or `undefined`. */
  fault(plan: JobPlan): string | undefined {
    return tilingFault(this.settled, plan.miniBatches);
  }

  /** The sum over all outcomes. */
  get progress(): JobProgress {
    return this.settled.reduce((sum, claim) => addProgress(sum, claim.progress), noProgress);
  }

  /** Identifies the rows of the job: SHA-256 over the ranges and the digests of their rows. */
  get digest(): string {
    const hash = createHash('sha256');
    for (const { from, to, outcome } of this.settled) hash.update(`${from}-${to}:${outcome.digest}\n`);
    return hash.digest('hex');
  }

  /** The parts of one kind in the order of their mini-batches; those of one worker where one is named. */
  parts(blobs: BlobStore, kind: PartKind, worker?: string): StagedPart[] {
    return this.settled
      .filter(({ outcome }) => worker === undefined || outcome.worker === worker)
      .flatMap((claim) => {
        const size = claim.outcome.parts[kind];
        return size === undefined ? [] : [{ store: blobs, name: this.name(claim, kind), size }];
      });
  }

  /** The workers that scored, in the order of their names. */
  get workers(): string[] {
    return [...new Set(this.settled.map(({ outcome }) => outcome.worker))]
      .filter((name) => name !== '')
      .sort();
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

  /** The job and the claim of it that the parts lie below: those of a claim that was taken over stay where they are. */
  private placeOf({ lane, sequence, outcome }: SettledClaim): TakenFrom {
    return outcome.takenFrom ?? { job: this.job, lane, sequence };
  }
}

function isSettled(claim: ClaimRow): claim is SettledClaim {
  return claim.outcome !== undefined;
}
