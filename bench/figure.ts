import type { DiskSpeed } from './measuring/diskSpeed';

/** What a figure counts; times are in milliseconds whatever they are shown in. */
export type Unit = 'ms' | 's' | 'x' | 'MB' | '%' | 'bytes' | 'exponent';

/** The least that the same can take, from what was measured in the same run. */
export interface LowerBound {
  readonly value: number;
  readonly unit: Unit;
  /** How many times as much was taken. */
  readonly ratio: number;
  /** What it is made of. */
  readonly from: string;
}

/** What a benchmark has found. */
export interface Figure {
  /** Stays as it is from version to version: figures of two runs are compared by it. */
  readonly id: string;
  readonly what: string;
  readonly unit: Unit;
  /** Of all rounds; the median is the value that is held against the goal. */
  readonly least: number;
  readonly median: number;
  readonly atMost?: number;
  readonly bound?: LowerBound;
  /** What else has to be known. */
  readonly from: string;
  /** All that was measured, round by round, in the unit that its name says. */
  readonly raw: Readonly<Record<string, readonly number[]>>;
}

/** What a benchmark measures with. */
export interface BenchContext {
  /** Rounds that were asked for, instead of those that the benchmark has by itself. */
  readonly rounds: number | undefined;
  /** Whether the job of a million mini-batches is wanted. */
  readonly million: boolean;
  readonly disk: DiskSpeed;
  readonly say: (text: string) => void;
}

/** A benchmark as `npm run bench` knows it. */
export interface Bench {
  readonly name: string;
  readonly what: string;
  /** About how long it takes on two cores. */
  readonly minutes: number;
  measure(context: BenchContext): Promise<readonly Figure[]>;
}
