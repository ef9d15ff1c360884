import { isDeepStrictEqual } from 'node:util';
import { failure } from '../errors/batchpointError';
import { cronFields } from './cronExpression';
import { nextDue } from './dueTimes';
import type { CronTimes, RecurrenceTimes, Schedule } from './schedule';
import { asUtc, localTime, momentOf, timeZoneOf } from './timeZones';

type Times = CronTimes | RecurrenceTimes;

/**
 * The times of a schedule as they are kept, from how a user writes them: a nickname instead of five fields, the name that
 * Windows has for a time zone, times without an offset, which are those of the time zone. `before` are those that the
 * schedule has, where it is there: an end that has passed is no reason to refuse another description.
 *
 * Fails with `CronInvalid`, `TimeZoneUnknown`, `ScheduleTimeInvalid`, `RecurrenceInvalid` or `ScheduleNeverDue`.
 */
export function checkTimes(given: Times, now: Date, before?: Pick<Schedule, 'when' | 'createdAt'>): Times {
  const timeZone = timeZoneOf(given.timeZone);
  const startTime =
    given.startTime === undefined ? undefined : timeOf('start time', given.startTime, timeZone);
  const endTime = given.endTime === undefined ? undefined : timeOf('end time', given.endTime, timeZone);
  const range = {
    timeZone,
    ...(startTime === undefined ? {} : { startTime }),
    ...(endTime === undefined ? {} : { endTime }),
  };
  const { startTime: _start, endTime: _end, ...own } = given;
  const when: Times =
    own.type === 'cron' ? { ...own, ...range, expression: cronFields(own.expression) } : { ...own, ...range };
  if (when.type === 'recurrence') checkRecurrence(when);
  if (before !== undefined && isDeepStrictEqual(before.when, when)) return when;
  if (startTime !== undefined && endTime !== undefined && endTime < startTime)
    refuseTime('end time', given.endTime, `the start time, ${given.startTime}, is after it`);
  if (endTime !== undefined && new Date(endTime) <= now)
    refuseTime('end time', given.endTime, `it is now ${now.toISOString()}, which is after it`);
  checkEverDue(when, before?.createdAt ?? now.toISOString(), now);
  return when;
}

/**
 * The `activeSince` of a schedule that is written now: that of the one before it, unless it has been enabled, or its
 * times are others.
 */
export function activeSinceOf(
  before: Schedule | undefined,
  { when, enabled }: Pick<Schedule, 'when' | 'enabled'>,
  now: Date,
): string {
  const goesOn = before !== undefined && before.enabled === enabled && isDeepStrictEqual(before.when, when);
  return goesOn ? before.activeSince : now.toISOString();
}

/** Which lists go with which frequency. */
const listsOf = {
  minute: [],
  hour: [],
  day: ['hours', 'minutes'],
  week: ['hours', 'minutes', 'weekDays'],
  month: ['hours', 'minutes', 'monthDays'],
} as const satisfies Record<
  RecurrenceTimes['frequency'],
  readonly (keyof NonNullable<RecurrenceTimes['schedule']>)[]
>;

function checkRecurrence({ frequency, schedule = {} }: RecurrenceTimes): void {
  const allowed: readonly string[] = listsOf[frequency];
  const odd = Object.entries(schedule).find(
    ([list, value]) => value !== undefined && !allowed.includes(list),
  );
  if (odd === undefined) return;
  const reason =
    allowed.length === 0
      ? 'it is counted by the time that passes. Use day, week or month'
      : `of such lists it has ${allowed.join(', ')}`;
  throw failure('RecurrenceInvalid', { frequency, field: odd[0], reason });
}

function checkEverDue(when: Times, createdAt: string, now: Date): void {
  const { startTime: _start, endTime: _end, ...endless } = when;
  if (nextDue({ when, createdAt }, now) !== undefined) return;
  const isEver = nextDue({ when: endless, createdAt: when.startTime ?? createdAt }, now) !== undefined;
  throw failure('ScheduleNeverDue', {
    reason: isEver
      ? 'none of its times is between its start and its end'
      : when.type === 'cron'
        ? `there is no day as '${when.expression}' has it`
        : 'the months that it counts have no such day',
  });
}

const timeForm = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?(Z|[+-]\d\d:?\d\d)?$/i;

/**
 * A time as a user writes it, as ISO 8601 in UTC: without an offset it is one of the time zone. Fails with
 * `ScheduleTimeInvalid`, which says what the time was for.
 */
export function timeOf(which: string, given: string, timeZone: string): string {
  const parts = timeForm.exec(given.trim());
  const [year = NaN, month = NaN, day = NaN, hour = 0, minute = 0, second = 0] = (parts ?? [])
    .slice(1, 7)
    .map((part) => (part === undefined ? undefined : Number(part)));
  const local = { year, month, day, hour, minute, second };
  const inUtc = asUtc(local);
  // What is not on the calendar or the clock becomes another time there.
  if (parts === null || Number.isNaN(inUtc.getTime()) || !isDeepStrictEqual(localTime(inUtc, 'UTC'), local))
    return refuseTime(
      which,
      given,
      'it is no time. Write it as 2027-01-31T02:00:00, in the time zone of the schedule, or with Z or an offset such as +09:00',
    );
  const offset = parts[7];
  const moment =
    offset === undefined ? momentOf(local, timeZone) : new Date(inUtc.getTime() - offsetMilliseconds(offset));
  return moment.toISOString();
}

function offsetMilliseconds(offset: string): number {
  if (offset.toUpperCase() === 'Z') return 0;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2));
  return (offset.startsWith('-') ? -1 : 1) * minutes * 60_000;
}

function refuseTime(which: string, time: string | undefined, reason: string): never {
  throw failure('ScheduleTimeInvalid', { which, time: String(time), reason });
}
