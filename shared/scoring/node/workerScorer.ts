import type { FileFailure } from '../workerMessages';

/** What a mini-batch has given. */
export interface Scored {
  /** The items that succeeded. */
  readonly count: number;
  readonly rowCount: number;
  /** The files that failed one by one. */
  readonly failures: readonly FileFailure[];
  /** Appends the rows to the rows file, which is open at this descriptor; answers the number of their bytes. */
  writeRows(descriptor: number): number;
}

/** What scores in a worker: a script of the user's, or one of our own scorers. */
export interface WorkerScorer {
  init(): unknown;
  /** Told before the mini-batches of a claim: the folder their files lie below, and one for temporary files. */
  begin(root: string, temporary: string): void;
  /**
   * Where files are parts of larger ones, `firstRows` are the numbers of their first rows, and they lie below `root`
   * instead of the folder of the claim.
   */
  run(paths: readonly string[], firstRows?: readonly number[], root?: string): Scored | Promise<Scored>;
  shutdown(): unknown;
}
