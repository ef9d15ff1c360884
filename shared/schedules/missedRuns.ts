import type { Stored } from '../registry/namedResources';
import { lastDue, lastDues, startOfRun } from './dueTimes';
import type { Schedule } from './schedule';

/** A run that is found later than this many milliseconds after its start was missed. */
const missedAfter = 60_000;

/** Whether a run that was to start then was missed. */
export function isMissed(startsAt: Date, now: Date): boolean {
  return now.getTime() - startsAt.getTime() > missedAfter;
}

/**
 * What to do where the run that is due at `due`, and maybe others after it, were missed: the last one that was, and the
 * first that is made up for, which is `due` or a later one; nothing where none is.
 */
export function afterMissed(
  schedule: Stored<Schedule>,
  due: Date,
  now: Date,
): { readonly last: Date; readonly first?: Date } {
  const { name, value } = schedule;
  const before = new Date(due.getTime() - 1);
  const found = lastDue(value, before, new Date(now.getTime() - missedAfter)) ?? due;
  // By its jitter it may start later; the one before it starts before it is due.
  const last = isMissed(startOfRun(name, value, found), now)
    ? found
    : (lastDue(value, before, new Date(found.getTime() - 1)) ?? due);
  switch (value.misfire) {
    case 'skip':
      return { last };
    case 'once':
      return { last, first: last };
    case 'all': {
      const [first] = lastDues(value, before, last, value.misfireLimit);
      return { last, ...(first === undefined ? {} : { first }) };
    }
  }
}
