import { createHash } from 'node:crypto';
import { nextCron } from './cronExpression';
import { nextRecurrence } from './recurrence';
import type { Schedule } from './schedule';

/** What the due times of a schedule follow from. */
export type Timed = Pick<Schedule, 'when' | 'createdAt'>;

const minuteMilliseconds = 60_000;

/** No two due times are closer, in milliseconds. */
const resolution = 1_000;

/** The first time after `after` at which a schedule is due; nothing where there is none. */
export function nextDue({ when, createdAt }: Timed, after: Date): Date | undefined {
  const { startTime, endTime } = when;
  const start = startTime === undefined ? undefined : new Date(startTime);
  // What is due at the start itself is due.
  const from = start !== undefined && after < start ? new Date(start.getTime() - 1) : after;
  const due =
    when.type === 'cron'
      ? nextCron(when.expression, when.timeZone, from)
      : nextRecurrence(when, start ?? wholeMinute(createdAt), from);
  return due === undefined || (endTime !== undefined && due > new Date(endTime)) ? undefined : due;
}

/**
 * The last time after `after`, and not after `until`, at which a schedule is due; nothing where there is none. However
 * many there are in between, this looks at some forty of them.
 */
export function lastDue(timed: Timed, after: Date, until: Date): Date | undefined {
  const first = nextDue(timed, after);
  if (first === undefined || first > until) return undefined;
  let [low, high] = [first.getTime(), until.getTime() + 1];
  let last = first;
  while (high - low > resolution) {
    const middle = new Date(Math.floor((low + high) / 2));
    const due = nextDue(timed, middle);
    if (due === undefined || due > until) high = middle.getTime();
    else {
      last = due;
      low = due.getTime();
    }
  }
  return last;
}

/** The last `count` times after `after`, and not after `until`, at which a schedule is due, the first of them first. */
export function lastDues(timed: Timed, after: Date, until: Date, count: number): Date[] {
  const dues: Date[] = [];
  for (let before = until; dues.length < count;) {
    const due = lastDue(timed, after, before);
    if (due === undefined) break;
    dues.unshift(due);
    before = new Date(due.getTime() - 1);
  }
  return dues;
}

/**
 * When a run starts: later than it is due by up to the seconds of jitter, as its schedule and its due time have it, and
 * before the next one is due. So all hosts agree, and runs start in the order in which they are due.
 */
export function startOfRun(name: string, schedule: Timed & Pick<Schedule, 'jitterSeconds'>, due: Date): Date {
  const { jitterSeconds } = schedule;
  if (jitterSeconds === 0) return due;
  const next = nextDue(schedule, due);
  const most = Math.min(
    jitterSeconds * 1_000,
    next === undefined ? Infinity : next.getTime() - due.getTime() - 1,
  );
  const hash = createHash('sha256').update(`${name.toLowerCase()} ${due.toISOString()}`).digest();
  return new Date(due.getTime() + Math.floor((hash.readUInt32BE() / 2 ** 32) * most));
}

function wholeMinute(time: string): Date {
  return new Date(Math.floor(Date.parse(time) / minuteMilliseconds) * minuteMilliseconds);
}
