import { basename, dirname } from 'node:path';
import type { JobRun } from '../../shared/jobs/jobRun';
import type { Plan } from './plan';
import type { MemoryTableStore } from './stores/memoryTableStore';

/**
 * Counts the instances of the compute that are really at work, by the claims that workers score. Those of a job that
 * does not run any more have given their places back, and end as soon as they can.
 */
export class PlaceCount {
  /** The most that were at work at once, where that was more than there are. */
  excess = 0;
  private readonly atWork = new Map<object, string>();

  constructor(
    private readonly plan: Plan,
    private readonly tables: MemoryTableStore,
  ) {}

  /** A worker begins to score for a claim, whose rows go to this path. */
  begin(worker: object, rows: string): void {
    const [key = '', lane = '0'] = basename(dirname(rows)).split('-');
    const job = this.plan.jobs.find(({ spec }) => spec.key === key);
    const perInstance = job?.spec.settings.maxConcurrencyPerInstance ?? 1;
    this.atWork.set(worker, `${key}/${Math.floor(Number(lane) / perInstance)}`);
    const instances = new Set([...this.atWork.values()].filter((place) => this.isRunning(place)));
    if (instances.size > this.plan.maxInstances) this.excess = Math.max(this.excess, instances.size);
  }

  end(worker: object): void {
    this.atWork.delete(worker);
  }

  private isRunning(place: string): boolean {
    const run = this.tables.peek<JobRun>(`job:${place.split('/')[0]}`, 'run');
    return run?.state === 'Running';
  }
}
