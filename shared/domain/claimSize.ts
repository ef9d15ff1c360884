/** What the size of the next claim follows from. */
export interface ClaimSizing {
  /** Mini-batches that no claim holds yet. */
  readonly left: number;
  readonly lanes: number;
  /** Mini-batches whose outcome is known, and the seconds that they took in their scorers, summed up. */
  readonly done: number;
  readonly seconds: number;
  /** Seconds that the slowest of them took. */
  readonly slowest: number;
  /** The largest claim so far; 0 before the first. */
  readonly largest: number;
  /** Seconds that one claim should take. */
  readonly targetSeconds: number;
}

/** A claim may be so many times larger than the largest before it: early times say little about what comes. */
const growth = 16;

/** However short mini-batches are, a claim has no more of them: what it tells of them is in memory for a while. */
const mostMiniBatches = 10_000;

/** A claim costs the machinery some milliseconds: it is worth so many seconds of work, even near the end. */
const worthSeconds = 0.1;

/** Near the end every lane gets this fraction of its even share, so that lanes finish together. */
const shareOfEvenShare = 0.5;

/** A claim near the end leaves room for this fraction of the slowest mini-batch so far: any claim may hold another one. */
const roomForSlowest = 0.25;

/**
 * The number of mini-batches in the next claim, at least 1 and at most what is left.
 *
 * Claims aim at `targetSeconds`, from the mean time of the mini-batches so far; they start at one mini-batch,
 * grow step by step, and shrink towards the end (guided self-scheduling, Polychronopoulos and Kuck 1987), the sooner
 * the more one mini-batch may take.
 */
export function claimSize(sizing: ClaimSizing): number {
  const { left, lanes, done, seconds, slowest, largest, targetSeconds } = sizing;
  const each = done === 0 ? Infinity : Math.max(seconds / done, 1e-6);
  const byTime = targetSeconds / each;
  const byGrowth = Math.max(1, largest * growth);
  const evenShare = left / lanes;
  const worth = Math.min(worthSeconds / each, evenShare);
  const guided = evenShare * shareOfEvenShare - (slowest / each) * roomForSlowest;
  const byEnd = Math.max(guided, worth);
  const wanted = Math.min(byTime, byGrowth, byEnd, mostMiniBatches);
  return Math.min(left, Math.max(1, Math.floor(wanted)));
}
