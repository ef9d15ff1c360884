import { timeBelow } from '../measuring/processorTime';
import type { ProductHost, ShownJob } from '../product/productHost';

/** Milliseconds that `work` takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** The least and the middle of some figures. */
export interface Spread {
  readonly least: number;
  readonly median: number;
}

export function spread(figures: readonly number[]): Spread {
  const sorted = [...figures].sort((a, b) => a - b);
  return { least: sorted[0] ?? 0, median: sorted[Math.floor(sorted.length / 2)] ?? 0 };
}

/** A job that was completed. */
export interface TimedJob {
  readonly job: ShownJob;
  /** Milliseconds from sending its invocation until its record says that it has ended. */
  readonly time: number;
  /** Milliseconds of processor time of the scorers. */
  readonly scorers: number;
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
  const before = timeBelow(host.pid);
  const began = Date.now();
  const { name } = await host.invoke(endpoint, input, settings);
  const job = await completed(host, name);
  const time = Date.parse(job.properties.times['ended'] ?? '') - began;
  return { job, time, scorers: timeBelow(host.pid) - before };
}

/** A job that has ended; fails where it is not completed. */
export async function completed(host: ProductHost, name: string): Promise<ShownJob> {
  const job = await host.finished(name, 200);
  const { status, error } = job.properties;
  if (status !== 'Completed') throw new Error(`The job is ${status}: ${error?.message ?? ''}`);
  return job;
}

/** Gives a new host to some measurements, and removes it afterwards. */
export async function onHost<T>(host: ProductHost, work: (host: ProductHost) => Promise<T>): Promise<T> {
  try {
    await host.start();
    return await work(host);
  } finally {
    await host.close();
  }
}
