import type { MiniBatchRange } from '../domain/tiling';
import type { JobProgress } from '../jobs/jobRun';

/** What a claim leaves in the store: rows for the output, and what is told of them. */
export const partKinds = [
  'rows',
  'failures',
  'report',
  'stdout',
  'stderr',
  'files',
  'layout',
  'changes',
] as const;

export type PartKind = (typeof partKinds)[number];

/** What became of a claim: written once, and never changed. */
export interface Outcome {
  /** The attempt whose parts count. */
  readonly attempt: number;
  /** Bytes of each part; one without bytes is not there. */
  readonly parts: Readonly<Partial<Record<PartKind, number>>>;
  /** SHA-256 of the rows, in hex. */
  readonly digest: string;
  /** The worker that scored it, for the names of logs; empty for one that was taken over: its logs are elsewhere. */
  readonly worker: string;
  /** Where the parts are of a claim that was taken over: below this claim of another job. */
  readonly takenFrom?: { readonly job: string; readonly lane: number; readonly sequence: number };
}

/** A claim: mini-batches `[from, to)` that a lane has taken, as its row in the job's partition has it. */
export interface ClaimRow extends MiniBatchRange {
  readonly lane: number;
  readonly sequence: number;
  /** Deliveries of this claim; each writes parts of its own. */
  readonly attempt: number;
  /** What the current attempt has done; it is part of the job's sum. */
  readonly progress: JobProgress;
  /** The mini-batch that an attempt after the first has begun. */
  readonly begun?: number;
  /** Tries that earlier attempts have used up, by mini-batch. */
  readonly charged: Readonly<Record<string, number>>;
  /** How often an attempt came to no end while a mini-batch was noted as begun, by mini-batch. */
  readonly lost: Readonly<Record<string, number>>;
  readonly outcome?: Outcome;
}

/** All claim rows of a job have keys in `[claimRows.from, claimRows.before)`. */
export const claimRows = { from: 'claim:', before: 'claim;' } as const;

/** The key of a claim's row. Keys sort by lane, then by sequence. */
export function claimRowKey(lane: number, sequence: number): string {
  return `${claimRows.from}${String(lane).padStart(6, '0')}:${String(sequence).padStart(8, '0')}`;
}

/**
 * The rows of claims that were taken over from another job have keys in `[takenRows.from, takenRows.before)`, in the
 * order of their mini-batches. They are written while the job is planned.
 */
export const takenRows = { from: 'taken:', before: 'taken;' } as const;

/** The key of the row of a claim that was taken over, by its first mini-batch. */
export function takenRowKey(from: number): string {
  return `${takenRows.from}${String(from).padStart(12, '0')}`;
}

/** The name of a part, below the job's own prefix. */
export function partName(claim: { lane: number; sequence: number }, attempt: number, kind: PartKind): string {
  return `parts/${claim.lane}-${claim.sequence}-${attempt}.${kind}`;
}
