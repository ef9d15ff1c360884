import { nextDue } from '../../shared/schedules/dueTimes';
import type { CronTimes, RecurrenceTimes, Weekday } from '../../shared/schedules/schedule';
import { localTime } from '../../shared/schedules/timeZones';
import type { AnsweredSchedule } from '../client/resources';

/** A time at which a schedule is due: as clocks in its time zone show it, and in UTC. */
interface ShownDue {
  readonly local: string;
  readonly utc: string;
}

/** The next times at which a schedule is due, from its next run on, whether it is enabled or not. */
export function shownDues(
  { properties, systemData }: AnsweredSchedule,
  now: Date,
  count: number,
): ShownDue[] {
  const when = timesOf(properties.trigger);
  const { nextRun } = properties.status;
  const dues: ShownDue[] = [];
  // The next run itself is the first of them.
  let after = nextRun === undefined ? now : new Date(new Date(nextRun).getTime() - 1);
  while (dues.length < count) {
    const due = nextDue({ when, createdAt: systemData.createdAt }, after);
    if (due === undefined) break;
    dues.push({ local: inZone(due, when.timeZone), utc: due.toISOString().replace('.000Z', 'Z') });
    after = due;
  }
  return dues;
}

/** Times as the host tells them are checked times. */
function timesOf(trigger: AnsweredSchedule['properties']['trigger']): CronTimes | RecurrenceTimes {
  const { triggerType, expression = '', frequency = 'Day', interval = 1, schedule } = trigger;
  const { timeZone, startTime, endTime } = trigger;
  const bounds = {
    timeZone,
    ...(startTime === undefined ? {} : { startTime }),
    ...(endTime === undefined ? {} : { endTime }),
  };
  if (triggerType === 'Cron') return { type: 'cron', expression, ...bounds };
  const { weekDays, ...lists } = schedule ?? {};
  const days = weekDays?.map((day) => day.toLowerCase() as Weekday);
  return {
    type: 'recurrence',
    frequency: frequency.toLowerCase() as Lowercase<typeof frequency>,
    interval,
    ...(schedule === undefined ? {} : { schedule: { ...lists, ...(days && { weekDays: days }) } }),
    ...bounds,
  };
}

/** `2026-11-27T02:00:00+09:00`. */
function inZone(moment: Date, timeZone: string): string {
  const { year, month, day, hour, minute, second } = localTime(moment, timeZone);
  const shown = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const offset = Math.round((shown.getTime() - moment.getTime()) / 60_000);
  const two = (number: number): string => String(Math.floor(number)).padStart(2, '0');
  const size = Math.abs(offset);
  return `${shown.toISOString().slice(0, 19)}${offset < 0 ? '-' : '+'}${two(size / 60)}:${two(size % 60)}`;
}
