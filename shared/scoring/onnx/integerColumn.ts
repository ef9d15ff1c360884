/** Whole numbers of 64 bits, set without making a BigInt of each. */
export class IntegerColumn {
  readonly values: BigInt64Array<ArrayBuffer>;
  /** The same bytes: the lower half of each number stands first on every machine that the runtime is made for. */
  private readonly halves: Int32Array;

  constructor(length: number) {
    this.values = new BigInt64Array(length);
    this.halves = new Int32Array(this.values.buffer);
  }

  /** Sets a number that is a safe integer. */
  set(position: number, value: number): void {
    const high = Math.floor(value / 0x1_0000_0000);
    this.halves[2 * position] = value - high * 0x1_0000_0000;
    this.halves[2 * position + 1] = high;
  }

  setBig(position: number, value: bigint): void {
    this.values[position] = value;
  }
}
