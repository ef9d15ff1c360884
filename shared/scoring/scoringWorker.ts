import type { OutputCapture } from './outputCapture';
import type { Scorer } from './scorer';
import type { Worker } from './worker';
import type { AcquireOptions } from './workerPool';

/** A worker as claims are scored with it. */
export interface ScoringWorker extends Pick<
  Worker,
  'name' | 'warnings' | 'send' | 'next' | 'endClaim' | 'printed'
> {
  readonly stderr: Pick<OutputCapture, 'lastLines'>;
}

/** Where workers come from, and go back to. */
export interface ScoringWorkers {
  /** A ready worker for one job; `undefined` when the signal is raised first, or patience ends. */
  acquire(
    scorer: Scorer,
    job: string,
    signal: AbortSignal,
    options?: AcquireOptions,
  ): Promise<ScoringWorker | undefined>;
  /** Gives a worker back. */
  release(worker: ScoringWorker, job: string): Promise<void>;
  /** Ends a worker at once. */
  discard(worker: ScoringWorker): Promise<void>;
}
