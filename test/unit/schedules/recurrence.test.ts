import { lastDue, lastDues, nextDue } from '../../../shared/schedules/dueTimes';
import type { RecurrenceTimes } from '../../../shared/schedules/schedule';

/** The first due times of a recurrence after `after`, as clocks in Seoul show them. */
function dues(when: Partial<RecurrenceTimes>, count: number, after = '2027-01-01T00:00:00Z'): string[] {
  const times: RecurrenceTimes = {
    type: 'recurrence',
    timeZone: 'Asia/Seoul',
    frequency: 'day',
    interval: 1,
    startTime: '2027-01-29T15:07:30.000Z',
    ...when,
  };
  const found: string[] = [];
  for (let time = new Date(after); found.length < count;) {
    const due = nextDue({ when: times, createdAt: after }, time);
    if (due === undefined) break;
    found.push(new Date(due.getTime() + 9 * 3_600_000).toISOString().slice(0, 19));
    time = due;
  }
  return found;
}

test('minutes and hours are counted from the start, which is due itself', () => {
  expect(dues({ frequency: 'minute', interval: 20 }, 3)).toEqual([
    '2027-01-30T00:07:30',
    '2027-01-30T00:27:30',
    '2027-01-30T00:47:30',
  ]);
  expect(dues({ frequency: 'hour', interval: 5 }, 2, '2027-01-30T00:00:00Z')).toEqual([
    '2027-01-30T10:07:30',
    '2027-01-30T15:07:30',
  ]);
});

test('without a start it is counted from the making of the schedule, to the minute', () => {
  const when = { type: 'recurrence', timeZone: 'UTC', frequency: 'minute', interval: 5 } as const;
  const createdAt = '2027-01-30T10:02:59.700Z';
  expect(nextDue({ when, createdAt }, new Date(createdAt))).toEqual(new Date('2027-01-30T10:07:00Z'));
});

test('days, weeks and months take the clock of the start where no list says otherwise', () => {
  expect(dues({ interval: 2 }, 3)).toEqual([
    '2027-01-30T00:07:30',
    '2027-02-01T00:07:30',
    '2027-02-03T00:07:30',
  ]);
  expect(dues({ frequency: 'week' }, 2)).toEqual(['2027-01-30T00:07:30', '2027-02-06T00:07:30']);
  expect(dues({ frequency: 'month' }, 3)).toEqual([
    '2027-01-30T00:07:30',
    '2027-03-30T00:07:30',
    '2027-04-30T00:07:30',
  ]);
});

test('lists of hours and minutes are all of their pairs; minutes that are left out are 0', () => {
  expect(dues({ schedule: { hours: [13, 2], minutes: [30, 0] } }, 5)).toEqual([
    '2027-01-30T02:00:00',
    '2027-01-30T02:30:00',
    '2027-01-30T13:00:00',
    '2027-01-30T13:30:00',
    '2027-01-31T02:00:00',
  ]);
  expect(dues({ schedule: { hours: [2] } }, 1)).toEqual(['2027-01-30T02:00:00']);
  expect(dues({ schedule: { minutes: [9] } }, 1)).toEqual(['2027-01-30T00:09:00']);
  expect(dues({ schedule: { hours: [], minutes: [] } }, 1)).toEqual(['2027-01-30T00:07:30']);
});

test('every so many weeks, by weeks that begin on Monday', () => {
  const schedule = { weekDays: ['sunday', 'monday'], hours: [2] } as const;
  // The start is a Saturday: of its week only the Sunday is left, and then comes the week but one after.
  expect(dues({ frequency: 'week', interval: 2, schedule }, 4)).toEqual([
    '2027-01-31T02:00:00',
    '2027-02-08T02:00:00',
    '2027-02-14T02:00:00',
    '2027-02-22T02:00:00',
  ]);
});

test('days that a month does not have are left out', () => {
  const schedule = { monthDays: [31, 1, 29], hours: [2] };
  expect(dues({ frequency: 'month', schedule }, 6)).toEqual([
    '2027-01-31T02:00:00',
    '2027-02-01T02:00:00',
    '2027-03-01T02:00:00',
    '2027-03-29T02:00:00',
    '2027-03-31T02:00:00',
    '2027-04-01T02:00:00',
  ]);
  expect(
    dues({ frequency: 'month', interval: 12, startTime: '2027-02-01', schedule: { monthDays: [29] } }, 2),
  ).toEqual(['2028-02-29T09:00:00', '2032-02-29T09:00:00']);
});

test('nothing is due after the end, and the end itself is', () => {
  expect(dues({ endTime: '2027-01-30T15:07:30.000Z' }, 5)).toEqual([
    '2027-01-30T00:07:30',
    '2027-01-31T00:07:30',
  ]);
});

test('an interval that leads past all calendars is never due again', () => {
  expect(dues({ frequency: 'month', interval: 1e9 }, 3)).toEqual(['2027-01-30T00:07:30']);
  expect(dues({ frequency: 'hour', interval: 1e12 }, 3)).toEqual(['2027-01-30T00:07:30']);
});

test('the last due times of a stretch are found without a walk through all of it', () => {
  const when = { type: 'cron', expression: '*/7 1-3 * * MON', timeZone: 'UTC' } as const;
  const timed = { when, createdAt: '2000-01-01T00:00:00.000Z' };
  const [from, until] = [new Date('2000-01-01T00:00:00Z'), new Date('2027-01-31T00:00:00Z')];
  expect(lastDue(timed, from, until)).toEqual(new Date('2027-01-25T03:56:00Z'));
  expect(lastDues(timed, from, until, 3).map((due) => due.toISOString().slice(11, 16))).toEqual([
    '03:42',
    '03:49',
    '03:56',
  ]);
  expect(lastDue(timed, from, new Date('2000-01-02T00:00:00Z'))).toBeUndefined();
});
