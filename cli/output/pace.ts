/** Milliseconds, and share of the whole, that lie between two lines of progress. */
const pause = 10_000;
const step = 0.1;

/** Decides when a line of progress is due where every line stays: after ten seconds, or after a tenth of the way. */
export class Pace {
  private last: { readonly at: number; readonly share: number } | undefined;

  constructor(private readonly now: () => number) {}

  /** Whether a line is due at this share of the way, from 0 to 1; if so, it counts as written. */
  isDue(share: number): boolean {
    const at = this.now();
    const { last } = this;
    if (last !== undefined && at - last.at < pause && share - last.share < step) return false;
    this.last = { at, share };
    return true;
  }
}
