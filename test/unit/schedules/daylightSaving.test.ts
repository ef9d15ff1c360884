import { nextDue } from '../../../shared/schedules/dueTimes';
import type { CronTimes, RecurrenceTimes } from '../../../shared/schedules/schedule';
import { dueByMinutes, minutesOf, type ClockFace } from './oracle';

/** Days around which clocks change, or do not: zone, from, to (UTC). */
const stretches = [
  ['Europe/Berlin', '2027-03-27T00:00Z', '2027-03-29T00:00Z'],
  ['Europe/Berlin', '2027-10-30T00:00Z', '2027-11-01T00:00Z'],
  ['America/New_York', '2027-03-13T00:00Z', '2027-03-15T00:00Z'],
  ['America/New_York', '2026-10-31T00:00Z', '2026-11-02T00:00Z'],
  ['Australia/Lord_Howe', '2026-10-03T00:00Z', '2026-10-05T00:00Z'],
  ['Australia/Lord_Howe', '2027-04-03T00:00Z', '2027-04-05T00:00Z'],
  ['Asia/Seoul', '2027-03-27T00:00Z', '2027-03-29T00:00Z'],
  ['Asia/Kolkata', '2027-10-30T00:00Z', '2027-11-01T00:00Z'],
  ['Pacific/Apia', '2027-04-03T00:00Z', '2027-04-05T00:00Z'],
  ['Africa/Cairo', '2027-04-29T00:00Z', '2027-05-01T00:00Z'],
  ['America/Nuuk', '2027-03-27T00:00Z', '2027-03-29T00:00Z'],
  ['America/Nuuk', '2027-10-30T00:00Z', '2027-11-01T00:00Z'],
  ['Pacific/Apia', '2011-12-29T00:00Z', '2012-01-01T00:00Z'],
] as const;

const quarter = ({ minute }: ClockFace): boolean => minute % 15 === 0;

/** Expressions; whether hours and minutes are all given by numbers; and what clocks show when they are due. */
const crons: readonly [string, boolean, (face: ClockFace) => boolean][] = [
  ['30 2 * * *', true, ({ hour, minute }) => hour === 2 && minute === 30],
  ['15 2 * * *', true, ({ hour, minute }) => hour === 2 && minute === 15],
  ['45 1 * * *', true, ({ hour, minute }) => hour === 1 && minute === 45],
  ['0,30 1-2,14 * * *', true, ({ hour, minute }) => [1, 2, 14].includes(hour) && minute % 30 === 0],
  ['59 23 * * *', true, ({ hour, minute }) => hour === 23 && minute === 59],
  ['0 0 * * *', true, ({ hour, minute }) => hour === 0 && minute === 0],
  ['*/15 * * * *', false, quarter],
  ['*/15 1-3 * * *', false, (face) => quarter(face) && face.hour >= 1 && face.hour <= 3],
  ['5 * * * *', false, ({ minute }) => minute === 5],
  ['0 2 * * SUN', true, ({ hour, minute, weekday }) => hour === 2 && minute === 0 && weekday === 0],
];

describe.each(stretches)('where clocks change in %s after %s', (timeZone, from, to) => {
  const minutes = minutesOf(timeZone, from, to);

  it.each(crons)('%s is due as a walk minute by minute finds it', (expression, fixed, matches) => {
    const when: CronTimes = { type: 'cron', expression, timeZone };
    expect(dueBetween(when, from, to)).toEqual(dueByMinutes(minutes, matches, fixed));
  });

  it('a recurrence by the day is due as a walk minute by minute finds it', () => {
    const when: RecurrenceTimes = {
      type: 'recurrence',
      timeZone,
      frequency: 'day',
      interval: 1,
      schedule: { hours: [23, 0, 2, 14], minutes: [40, 10] },
    };
    const matches = ({ hour, minute }: ClockFace): boolean =>
      [0, 2, 14, 23].includes(hour) && [10, 40].includes(minute);
    expect(dueBetween(when, from, to)).toEqual(dueByMinutes(minutes, matches, true));
  });
});

describe('the hours of a change', () => {
  it.each([
    ['Europe/Berlin', '30 2 * * *', '2027-03-28', '2027-03-28T01:00:00.000Z'],
    ['Europe/Berlin', '30 2 * * *', '2027-10-31', '2027-10-31T00:30:00.000Z'],
    ['America/New_York', '30 2 * * *', '2027-03-14', '2027-03-14T07:00:00.000Z'],
    ['America/New_York', '30 1 * * *', '2026-11-01', '2026-11-01T05:30:00.000Z'],
    ['Australia/Lord_Howe', '15 2 * * *', '2026-10-03T12:00Z', '2026-10-03T15:30:00.000Z'],
    ['Australia/Lord_Howe', '45 1 * * *', '2027-04-03T12:00Z', '2027-04-03T14:45:00.000Z'],
    ['America/Nuuk', '30 23 * * *', '2027-03-27T12:00Z', '2027-03-28T01:00:00.000Z'],
  ])('in %s, %s is due once on %s, at %s', (timeZone, expression, from, due) => {
    const end = new Date(Date.parse(from) + 86_400_000).toISOString();
    expect(dueBetween({ type: 'cron', expression, timeZone }, from, end)).toEqual([due]);
  });

  it('makes up at once for a day that was left out whole', () => {
    const when: CronTimes = { type: 'cron', expression: '0 3 * * *', timeZone: 'Pacific/Apia' };
    expect(dueBetween(when, '2011-12-29T00:00Z', '2012-01-01T00:00Z')).toEqual([
      '2011-12-29T13:00:00.000Z',
      '2011-12-30T10:00:00.000Z',
      '2011-12-30T13:00:00.000Z',
      '2011-12-31T13:00:00.000Z',
    ]);
  });

  it('counts hours by the time that passes', () => {
    const when: RecurrenceTimes = {
      type: 'recurrence',
      timeZone: 'Europe/Berlin',
      frequency: 'hour',
      interval: 2,
      startTime: '2027-03-28T00:00:00.000Z',
    };
    expect(dueBetween(when, '2027-03-27T00:00Z', '2027-03-28T05:00Z')).toEqual([
      '2027-03-28T00:00:00.000Z',
      '2027-03-28T02:00:00.000Z',
      '2027-03-28T04:00:00.000Z',
    ]);
  });
});

/** The due times from `from` on, that one included, and before `to`. */
function dueBetween(when: CronTimes | RecurrenceTimes, from: string, to: string): string[] {
  const timed = { when, createdAt: '2011-12-01T00:00:00.000Z' };
  const due: string[] = [];
  for (let time = new Date(Date.parse(from) - 1); ;) {
    const next = nextDue(timed, time);
    if (next === undefined || next >= new Date(to)) return due;
    due.push(next.toISOString());
    time = next;
  }
}
