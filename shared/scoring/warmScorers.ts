import { isFailure } from '../errors/batchpointError';
import type { JobStore } from '../jobs/jobStore';
import type { JobSpec } from '../jobs/jobSpec';
import type { Scorer } from './scorer';
import type { ScoringWorkers } from './scoringWorker';

/** What warming works with. */
export interface WarmContext {
  readonly jobs: JobStore;
  readonly scorerOf: (spec: JobSpec) => Promise<Scorer>;
  readonly pool: ScoringWorkers;
}

/** Raised from the start: whoever brings it waits for no room in the pool. */
const noPatience = AbortSignal.abort();

/**
 * Starts as many workers as a job has lanes, as far as the pool has room for them, so that no lane has to wait for
 * its own when the first is ready. The first is that of `prepareScorer`, which also tells of a scorer that does not
 * start.
 */
export async function warmScorers(context: WarmContext, key: string, lanes: number): Promise<void> {
  if (lanes < 2) return;
  const { jobs, pool } = context;
  const { value: run } = await jobs.run(key);
  const wanted = run.times.prepared === undefined ? lanes - 1 : lanes;
  const spec = await jobs.spec(key);
  const scorer = await context.scorerOf(spec);
  const never = new AbortController().signal;
  await Promise.all(
    Array.from({ length: wanted }, async () => {
      try {
        const worker = await pool.acquire(scorer, key, never, { patience: noPatience });
        if (worker !== undefined) await pool.release(worker, key);
      } catch (error) {
        if (!isFailure(error)) throw error;
      }
    }),
  );
}
