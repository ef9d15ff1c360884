import type { ProductHost, ShownJob } from '../product/productHost';

/** Milliseconds that `work` takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** The least and the middle of some figures. */
interface Spread {
  readonly least: number;
  readonly median: number;
}

export function spread(figures: readonly number[]): Spread {
  const sorted = [...figures].sort((a, b) => a - b);
  return { least: sorted[0] ?? 0, median: sorted[Math.floor(sorted.length / 2)] ?? 0 };
}

/** A job that was completed, and the milliseconds from sending its invocation until its record says so. */
interface TimedJob {
  readonly job: ShownJob;
  readonly time: number;
}

/**
 * Times a job by the clock of this machine, which its record is written with. It is asked for seldom, as asking
 * takes time from the processors that score.
 */
export async function timedJob(
  host: ProductHost,
  endpoint: string,
  input: string,
  settings: object = {},
): Promise<TimedJob> {
  const began = Date.now();
  const { name } = await host.invoke(endpoint, input, settings);
  const job = await host.finished(name, 200);
  const { status, times, error } = job.properties;
  if (status !== 'Completed') throw new Error(`The job is ${status}: ${error?.message ?? ''}`);
  return { job, time: Date.parse(times['ended'] ?? '') - began };
}
