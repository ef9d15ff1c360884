/** Mini-batches `[from, to)`. */
export interface MiniBatchRange {
  readonly from: number;
  readonly to: number;
}

/** Looks whether ranges cover `[0, total)` exactly once. */
export class Tiling {
  private next = 0;
  private found: string | undefined;

  /** Takes the next range; they come sorted by `from`. */
  take({ from, to }: MiniBatchRange): void {
    if (this.found !== undefined) return;
    if (from > this.next) this.found = `mini-batches ${this.next} to ${from - 1} are missing`;
    else if (from < this.next || to <= from) this.found = `mini-batch ${from} is there twice`;
    this.next = to;
  }

  /** Where the ranges taken fail: the first gap, overlap or overhang, or `undefined` where they fit. */
  fault(total: number): string | undefined {
    if (this.found !== undefined) return this.found;
    if (this.next < total) return `mini-batches ${this.next} to ${total - 1} are missing`;
    if (this.next > total) return `mini-batches ${total} to ${this.next - 1} are too many`;
    return undefined;
  }
}
