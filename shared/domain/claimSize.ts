/** What the size of the next claim follows from. */
export interface ClaimSizing {
  /** Mini-batches that no claim holds yet. */
  readonly left: number;
  readonly lanes: number;
  /** Mini-batches whose outcome is known, and the seconds that they took in their scorers, summed up. */
  readonly done: number;
  readonly seconds: number;
  /** The largest claim so far; 0 before the first. */
  readonly largest: number;
  /** Seconds that one claim should take. */
  readonly targetSeconds: number;
}

/** A claim may be so many times larger than the largest before it: early times say little about what comes. */
const growth = 16;

/** Near the end every lane gets this fraction of its even share, so that lanes finish together. */
const shareOfEvenShare = 0.5;

/**
 * The number of mini-batches in the next claim, at least 1 and at most what is left.
 *
 * Claims aim at `targetSeconds`, from the mean time of the mini-batches so far; they start at one mini-batch,
 * grow step by step, and shrink towards the end (guided self-scheduling, Polychronopoulos and Kuck 1987).
 */
export function claimSize(sizing: ClaimSizing): number {
  const { left, lanes, done, seconds, largest, targetSeconds } = sizing;
  const byTime = done === 0 ? 1 : targetSeconds / Math.max(seconds / done, 1e-6);
  const byGrowth = Math.max(1, largest * growth);
  const byShare = (left / lanes) * shareOfEvenShare;
  return Math.min(left, Math.max(1, Math.floor(Math.min(byTime, byGrowth, byShare))));
}
