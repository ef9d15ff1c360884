import type { RecurrenceTimes, Weekday } from './schedule';
import { localTime, momentOf, type LocalTime } from './timeZones';

/** In the order in which a week has them here. */
export const weekdays: readonly Weekday[] = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
];

const minuteMilliseconds = 60_000;
const dayMilliseconds = 86_400_000;

/** Months and leap years together begin anew after so many months. */
const monthsOfCalendar = 4_800;

const lastYear = 9_999;

/**
 * The first time after `after` at which a recurrence is due that is counted from `base`; nothing where there is none.
 * Minutes and hours are those that pass; days, weeks and months are those of the calendar in the time zone.
 */
export function nextRecurrence(when: RecurrenceTimes, base: Date, after: Date): Date | undefined {
  const from = new Date(Math.max(after.getTime(), base.getTime() - 1));
  if (when.frequency === 'minute') return nextStep(base, when.interval * minuteMilliseconds, from);
  if (when.frequency === 'hour') return nextStep(base, when.interval * 60 * minuteMilliseconds, from);
  const start = localTime(base, when.timeZone);
  const daysOf = calendarOf(when, start);
  const first = Math.max(0, periodOf(when, start, localTime(from, when.timeZone)) - 1);
  for (let period = first; period < first + monthsOfCalendar; period++) {
    for (const day of daysOf(period)) {
      const date = new Date(day * dayMilliseconds);
      if (!(date.getUTCFullYear() <= lastYear)) return undefined;
      const due = nextOfDay(when, start, date, from);
      if (due !== undefined) return due;
    }
  }
  return undefined;
}

function nextStep(base: Date, step: number, after: Date): Date | undefined {
  const steps = Math.floor((after.getTime() - base.getTime()) / step) + 1;
  const due = new Date(base.getTime() + steps * step);
  return due.getUTCFullYear() <= lastYear ? due : undefined;
}

/** The days that belong to each period, as days since 1970-01-01, in their order. */
function calendarOf(
  { frequency, interval, schedule }: RecurrenceTimes,
  start: LocalTime,
): (period: number) => number[] {
  const firstDay = dayNumber(start);
  if (frequency === 'day') return (period) => [firstDay + period * interval];
  if (frequency === 'week') {
    const days = given(schedule?.weekDays)?.map((day) => weekdays.indexOf(day));
    const wanted = sorted(days ?? [weekdayOf(firstDay)]);
    const monday = firstDay - weekdayOf(firstDay);
    return (period) => wanted.map((day) => monday + period * interval * 7 + day);
  }
  const wanted = sorted(given(schedule?.monthDays) ?? [start.day]);
  return (period) => {
    const month = start.month - 1 + period * interval;
    const first = Date.UTC(start.year, month, 1) / dayMilliseconds;
    const length = Date.UTC(start.year, month + 1, 1) / dayMilliseconds - first;
    // Past the last year that there is, both are NaN: then that is what is answered.
    return Number.isNaN(length) ? [NaN] : wanted.filter((day) => day <= length).map((day) => first + day - 1);
  };
}

/** The number of the period that a day is in. */
function periodOf({ frequency, interval }: RecurrenceTimes, start: LocalTime, now: LocalTime): number {
  const months = (now.year - start.year) * 12 + now.month - start.month;
  const days = dayNumber(now) - dayNumber(start);
  const units = frequency === 'month' ? months : frequency === 'week' ? Math.floor(days / 7) : days;
  return Math.floor(units / interval);
}

/** The first of the times of a day that is after `after`. */
function nextOfDay(
  { schedule, timeZone }: RecurrenceTimes,
  start: LocalTime,
  date: Date,
  after: Date,
): Date | undefined {
  const [hours, minutes] = [given(schedule?.hours), given(schedule?.minutes)];
  const isGiven = hours !== undefined || minutes !== undefined;
  const day = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
  const second = isGiven ? 0 : start.second;
  for (const hour of sorted(hours ?? [start.hour]))
    for (const minute of sorted(minutes ?? [isGiven ? 0 : start.minute])) {
      const due = momentOf({ ...day, hour, minute, second }, timeZone);
      if (due > after) return due;
    }
  return undefined;
}

/** An empty list says as little as none. */
function given<T>(list: readonly T[] | undefined): readonly T[] | undefined {
  return list?.length === 0 ? undefined : list;
}

function dayNumber({ year, month, day }: LocalTime): number {
  return Date.UTC(year, month - 1, day) / dayMilliseconds;
}

/** 0 for Monday. 1970-01-01 was a Thursday. */
function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

function sorted(numbers: readonly number[]): number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}
