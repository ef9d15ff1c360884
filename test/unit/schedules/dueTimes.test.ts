import fc from 'fast-check';
import { nextDue, startOfRun } from '../../../shared/schedules/dueTimes';
import type { CronTimes, RecurrenceTimes } from '../../../shared/schedules/schedule';
import { minutesOf } from './oracle';

const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Seoul', 'Pacific/Apia'];
const day = 86_400_000;

const zone = fc.constantFrom(...zones);
const start = fc
  .integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2030, 0, 1) })
  .map((time) => new Date(time));
const numbers = (min: number, max: number): fc.Arbitrary<number[]> =>
  fc.uniqueArray(fc.integer({ min, max }), { minLength: 1, maxLength: 3 });

/** What clocks in a zone show at a moment, and whether they have changed within the last day. */
function shown(
  moment: Date,
  timeZone: string,
): { hour: number; minute: number; day: number; weekday: number } {
  const time = moment.toISOString();
  const [minute] = minutesOf(timeZone, time, new Date(moment.getTime() + 60_000).toISOString());
  if (minute === undefined) throw new Error(`There is no ${time}.`);
  return minute.face;
}

/** Whether a gap of the clocks ends at a moment: then it stands for the minutes that they have left out. */
function endsGap(moment: Date, timeZone: string): boolean {
  const before = new Date(moment.getTime() - 60_000).toISOString();
  const minutes = minutesOf(timeZone, before, new Date(moment.getTime() + 60_000).toISOString());
  return (minutes.at(-1)?.passedOver.length ?? 0) > 0;
}

function firstDues(when: CronTimes | RecurrenceTimes, after: Date, count: number): Date[] {
  const dues: Date[] = [];
  for (let time = after; dues.length < count;) {
    const due = nextDue({ when, createdAt: '2026-01-01T00:00:00.000Z' }, time);
    if (due === undefined) break;
    dues.push(due);
    time = due;
  }
  return dues;
}

/** Fails where times do not follow each other, or lie outside of what is asked for. */
function checkOrder(dues: readonly Date[], after: Date, until: Date): void {
  let last = after;
  for (const due of dues) {
    expect(due.getTime()).toBeGreaterThan(last.getTime());
    expect(due.getTime()).toBeLessThanOrEqual(until.getTime());
    last = due;
  }
}

test('due times of cron follow each other, lie between start and end, and are what clocks show', () => {
  const cron = fc.record({
    zone,
    start,
    minutes: numbers(0, 59),
    hours: numbers(0, 23),
    weekdays: numbers(0, 6),
    days: fc.integer({ min: 1, max: 40 }),
    after: fc.integer({ min: -3 * day, max: 3 * day }),
  });
  fc.assert(
    fc.property(cron, ({ zone, start, minutes, hours, weekdays, days, after }) => {
      const end = new Date(start.getTime() + days * day);
      const when: CronTimes = {
        type: 'cron',
        expression: `${minutes.join(',')} ${hours.join(',')} * * ${weekdays.join(',')}`,
        timeZone: zone,
        startTime: start.toISOString(),
        endTime: end.toISOString(),
      };
      const from = new Date(start.getTime() + after);
      const dues = firstDues(when, from, 6);
      checkOrder(dues, new Date(Math.max(from.getTime(), start.getTime() - 1)), end);
      for (const due of dues) {
        if (endsGap(due, zone)) continue;
        const face = shown(due, zone);
        expect(minutes).toContain(face.minute);
        expect(hours).toContain(face.hour);
        expect(weekdays).toContain(face.weekday);
      }
    }),
    { numRuns: 40 },
  );
});

test('due times of a recurrence follow each other, are in range, and on days that are counted', () => {
  const recurrence = fc.record({
    zone,
    start,
    frequency: fc.constantFrom('day', 'week', 'month'),
    interval: fc.integer({ min: 1, max: 5 }),
    hours: numbers(0, 23),
    minutes: numbers(0, 59),
    monthDays: numbers(1, 31),
    after: fc.integer({ min: -3 * day, max: 300 * day }),
  });
  fc.assert(
    fc.property(recurrence, ({ zone, start, frequency, interval, hours, minutes, monthDays, after }) => {
      const end = new Date(start.getTime() + 900 * day);
      const when: RecurrenceTimes = {
        type: 'recurrence',
        timeZone: zone,
        frequency: frequency,
        interval,
        startTime: start.toISOString(),
        endTime: end.toISOString(),
        schedule: { hours, minutes, ...(frequency === 'month' ? { monthDays } : {}) },
      };
      const from = new Date(start.getTime() + after);
      const dues = firstDues(when, from, 5);
      checkOrder(dues, new Date(Math.max(from.getTime(), start.getTime() - 1)), end);
      const first = shown(start, zone);
      for (const due of dues) {
        if (endsGap(due, zone)) continue;
        const face = shown(due, zone);
        expect(minutes).toContain(face.minute);
        expect(hours).toContain(face.hour);
        if (frequency === 'month') expect(monthDays).toContain(face.day);
        if (frequency === 'week') expect(face.weekday).toBe(first.weekday);
      }
    }),
    { numRuns: 40 },
  );
});

test('by jitter runs start in the order in which they are due, each before the next one is', () => {
  const given = fc.record({
    start,
    jitter: fc.integer({ min: 1, max: 3600 }),
    every: fc.constantFrom(1, 5, 30),
  });
  fc.assert(
    fc.property(given, ({ start, jitter, every }) => {
      const when: CronTimes = { type: 'cron', expression: `*/${every} * * * *`, timeZone: 'UTC' };
      const timed = { when, createdAt: start.toISOString(), jitterSeconds: jitter };
      const dues = firstDues(when, start, 5);
      const starts = dues.map((due) => startOfRun('A-Name', timed, due).getTime());
      dues.forEach((due, i) => {
        const at = starts[i] ?? NaN;
        expect(at).toBeGreaterThanOrEqual(due.getTime());
        expect(at - due.getTime()).toBeLessThanOrEqual(jitter * 1_000);
        expect(at).toBeLessThan(dues[i + 1]?.getTime() ?? Infinity);
        expect(startOfRun('a-name', timed, due).getTime()).toBe(at);
      });
    }),
    { numRuns: 40 },
  );
});
