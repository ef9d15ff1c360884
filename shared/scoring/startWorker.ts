import { isFailure } from '../errors/batchpointError';
import type { JobSpec } from '../jobs/jobSpec';
import type { Scorer } from './scorer';
import type { ScoringWorker, ScoringWorkers } from './scoringWorker';
import type { AcquireOptions } from './workerPool';

/** Errors of `init()` that another try may mend: a download that failed, a machine that was busy. */
const worthAnotherTry = ['InitFailed', 'InitExited', 'InitTimedOut', 'MachineOutOfMemory'] as const;

/**
 * Gets a ready worker, trying `init()` as often as the job tries a `run()`. `undefined` where the signal is raised
 * first, or patience ends. Fails with the error of the last try.
 */
export async function acquireWorker(
  pool: ScoringWorkers,
  scorer: Scorer,
  spec: JobSpec,
  signal: AbortSignal,
  options?: AcquireOptions,
): Promise<ScoringWorker | undefined> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await pool.acquire(scorer, spec.key, signal, options);
    } catch (error) {
      const again = worthAnotherTry.some((code) => isFailure(error, code));
      if (!again || attempt >= spec.settings.maxTries) throw error;
    }
  }
}
