import type { JobIndex } from '../jobs/jobIndex';
import type { TableStore } from '../stores/tableStore';

/** What a purge works with. */
export interface PurgeContext {
  readonly tables: TableStore;
  readonly index: JobIndex;
  readonly now: () => Date;
  /** Days after which what has run is forgotten; `undefined` for never. */
  readonly retentionDays: number | undefined;
}

/** Forgets the instances that are over and were created in a time; both ends are in it. Answers how many. */
export type PurgeCreated = (from: Date, to: Date) => Promise<number>;

/** How far the purge has come. */
interface PurgeProgress {
  /** Everything that was created before this was purged, as far as it was over then. */
  readonly until: string;
  /** When the last look was taken at all that had not been over in time. */
  readonly swept: string;
}

const partition = 'upkeep';
const row = 'instances';
const day = 24 * 60 * 60_000;

/** A run begins no further stretch after so many milliseconds: the next one goes on. */
const mostMilliseconds = 30_000;

/**
 * Forgets the instances of orchestrations that were created longer ago than the retention time and are over. What a job
 * is stands in its own record, which stays. A run goes on where the last one has ended, a day's instances at once, and
 * once a day it looks for those that had not been over in time. Answers how many instances are gone.
 */
export async function purgeInstances(context: PurgeContext, purge: PurgeCreated): Promise<number> {
  const { tables, now, retentionDays } = context;
  if (retentionDays === undefined) return 0;
  const began = now().getTime();
  const limit = new Date(began - retentionDays * day);
  const present = (await tables.get<PurgeProgress>(partition, row))?.value;
  let until = new Date(present?.until ?? (await firstDay(context.index, limit)));
  let swept = new Date(present?.swept ?? until);
  let count = 0;
  const note = (): Promise<unknown> => {
    const value: PurgeProgress = { until: until.toISOString(), swept: swept.toISOString() };
    return tables.commit(partition, [{ kind: 'put', row, value }]);
  };
  while (until < limit && now().getTime() - began < mostMilliseconds) {
    const to = new Date(Math.min(until.getTime() + day, limit.getTime()));
    count += await purge(until, to);
    until = to;
    await note();
  }
  if (until >= limit && began - swept.getTime() >= day) {
    count += await purge(new Date(0), limit);
    swept = new Date(began);
    await note();
  }
  return count;
}

/** The day of the first job that is listed; `limit` where there is none before it. */
async function firstDay(index: JobIndex, limit: Date): Promise<Date> {
  let [none, some] = [0, Math.floor(limit.getTime() / day)];
  if (!(await index.hasUntil(limit))) return limit;
  while (some - none > 1) {
    const middle = Math.floor((none + some) / 2);
    if (await index.hasUntil(new Date(middle * day))) some = middle;
    else none = middle;
  }
  return new Date(none * day);
}
