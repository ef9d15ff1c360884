import type { Violation } from './checker/violation';

/** What came of one run of a scenario. */
export interface Result {
  /** What was lost, or broken otherwise; nothing, where the product holds what it promises. */
  readonly violations: readonly Violation[];
  /** What the run was, on one line: the job, and what was done to it. */
  readonly told: string;
  /** How many jobs came to their end. */
  readonly jobs: number;
  /** Faults that really happened: a kill that came too late is none. */
  readonly faults: number;
}

/** A kind of fault, and how a job is run under it. */
export interface Scenario {
  /** As in `npm run chaos -- --only <name>`: words with hyphens. */
  readonly name: string;
  /** What goes wrong, for the table of docs/reliability.md. */
  readonly fault: string;
  /** How often it is run in each round; once, where nothing is said. */
  readonly weight?: number;
  /** All follows from the seed, but for the moments that threads and processes choose. */
  run(seed: number): Promise<Result>;
  /** Ends what runs have left up, such as a host that serves the next one too. */
  close?(): Promise<void>;
}
