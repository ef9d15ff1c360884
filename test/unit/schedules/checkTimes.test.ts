import { activeSinceOf, checkTimes } from '../../../shared/schedules/checkTimes';
import type { CronTimes, RecurrenceTimes, Schedule } from '../../../shared/schedules/schedule';

const now = new Date('2026-11-26T12:00:00Z');

function cron(expression: string, more: Partial<CronTimes> = {}): CronTimes {
  return { type: 'cron', expression, timeZone: 'UTC', ...more };
}

function recurrence(more: Partial<RecurrenceTimes>): RecurrenceTimes {
  return { type: 'recurrence', timeZone: 'UTC', frequency: 'month', interval: 1, ...more };
}

/** The message with which times are refused. */
function refusal(when: CronTimes | RecurrenceTimes): string {
  try {
    checkTimes(when, now);
  } catch (error) {
    if (error instanceof Error) return `${error.name}: ${error.message}`;
  }
  return 'not refused';
}

describe('the fields of a cron expression', () => {
  it.each([
    ['0 2 * * *', '0 2 * * *'],
    ['  0   2 * *\tMON-FRI ', '0 2 * * MON-FRI'],
    ['*/15 0-6 1,15 jan *', '*/15 0-6 1,15 jan *'],
    ['@hourly', '0 * * * *'],
    ['@Daily', '0 0 * * *'],
    ['@midnight', '0 0 * * *'],
    ['@weekly', '0 0 * * 0'],
    ['@monthly', '0 0 1 * *'],
    ['@yearly', '0 0 1 1 *'],
    ['@annually', '0 0 1 1 *'],
  ])("'%s' is taken as '%s'", (expression, fields) => {
    expect(checkTimes(cron(expression), now)).toEqual(cron(fields));
  });

  it.each([
    ['0 0 2 * * *', "it has six, and no schedule is due by the second. Write '0 2 * * *'"],
    ['0 0 2 * * * 2027', "it has seven, and there are none for seconds and years. Write '0 2 * * *'"],
    ['0 2 * *', 'it has 4'],
    ['', 'it has 0'],
    ['@reboot', 'of words there are @hourly, @daily'],
    ['60 2 * * *', 'Invalid value for minute: 60'],
    ['0 24 * * *', 'Invalid value for hour: 24'],
    ['0 22-2 * * *', "From value is larger than to value: '22-2'"],
    ['*/0 2 * * *', 'illegal stepping: 0'],
    ['0 2 L * *', "'L' is neither a month (JAN) nor a day of the week (MON)"],
    ['0 2 ? * *', "'?' means nothing in it"],
    ['0 2 * * MON#1', "'#' means nothing in it"],
    ['0 2 * * monday', "'monday' is neither"],
  ])("'%s' is refused with what is wrong: %s", (expression, reason) => {
    expect(refusal(cron(expression))).toContain(`CronInvalid: '${expression}' is no cron expression of five`);
    expect(refusal(cron(expression))).toContain(reason);
  });

  it.each(['0 0 30 2 *', '0 0 31 4,6,9,11 *'])("'%s' is refused, as it is never due", (expression) => {
    expect(refusal(cron(expression))).toBe(
      `ScheduleNeverDue: The schedule would never be due: there is no day as '${expression}' has it.`,
    );
  });

  it('a day of the week beside a day that never comes is due', () => {
    expect(checkTimes(cron('0 0 30 2 MON'), now)).toEqual(cron('0 0 30 2 MON'));
  });
});

describe('the time zone', () => {
  it.each([
    ['Asia/Seoul', 'Asia/Seoul'],
    ['asia/seoul', 'Asia/Seoul'],
    ['Asia/Kolkata', 'Asia/Kolkata'],
    ['utc', 'UTC'],
    ['Korea Standard Time', 'Asia/Seoul'],
    ['w. europe standard time', 'Europe/Berlin'],
    ['Lord Howe Standard Time', 'Australia/Lord_Howe'],
    ['India Standard Time', 'Asia/Calcutta'],
    ['Samoa Standard Time', 'Pacific/Apia'],
  ])("'%s' is %s", (name, zone) => {
    expect(checkTimes(cron('0 2 * * *', { timeZone: name }), now).timeZone).toBe(zone);
  });

  it.each([
    ['Asia/Soul', "'Asia/Seoul'"],
    ['Seoul', "'Asia/Seoul'"],
    ['Lord Howe', "'Australia/Lord_Howe'"],
    ['Korean Standard Time', "'Korea Standard Time'"],
  ])("'%s' is refused, and %s is named as near", (name, near) => {
    const message = refusal(cron('0 2 * * *', { timeZone: name }));
    expect(message).toContain(`TimeZoneUnknown: There is no time zone '${name}'.`);
    expect(message).toMatch(new RegExp(`Near to it are .*${near}`));
  });

  it.each(['', '+09:00', 'x'.repeat(5_000)])('what is like none is refused without such names', (name) => {
    const message = refusal(cron('0 2 * * *', { timeZone: name }));
    expect(message).toContain('TimeZoneUnknown');
    expect(message).not.toContain('undefined');
  });
});

describe('start and end', () => {
  it.each([
    ['2027-01-31T02:00:00', '2027-01-30T17:00:00.000Z'],
    ['2027-01-31 02:00', '2027-01-30T17:00:00.000Z'],
    ['2027-01-31', '2027-01-30T15:00:00.000Z'],
    ['2027-01-31T02:00:00Z', '2027-01-31T02:00:00.000Z'],
    ['2027-01-31T02:00:00.5+01:00', '2027-01-31T01:00:00.000Z'],
    ['2027-01-31T02:00:00-0330', '2027-01-31T05:30:00.000Z'],
  ])('%s in Seoul is %s', (given, time) => {
    const when = cron('0 2 * * *', { timeZone: 'Asia/Seoul', startTime: given, endTime: '2028-01-01' });
    expect(checkTimes(when, now)).toEqual({ ...when, startTime: time, endTime: '2027-12-31T15:00:00.000Z' });
  });

  it('a start that clocks leave out is the end of the gap, also where that is midnight', () => {
    const when = cron('0 2 * * *', { timeZone: 'America/Nuuk', startTime: '2027-03-27T23:30:00' });
    expect(checkTimes(when, now)).toEqual({ ...when, startTime: '2027-03-28T01:00:00.000Z' });
  });

  it.each(['tomorrow', '2027-02-30', '2027-01-31T25:00', '2027-13-01', '27-01-31', '31.01.2027', ''])(
    "'%s' is refused as a start",
    (startTime) => {
      expect(refusal(cron('0 2 * * *', { startTime }))).toContain(
        `ScheduleTimeInvalid: '${startTime}' cannot be the start time of a schedule: it is no time. Write it as`,
      );
    },
  );

  it('an end before the start is refused', () => {
    const when = cron('0 2 * * *', { startTime: '2027-03-02', endTime: '2027-03-01' });
    expect(refusal(when)).toBe(
      "ScheduleTimeInvalid: '2027-03-01' cannot be the end time of a schedule: the start time, 2027-03-02, is after it.",
    );
  });

  it('an end in the past is refused, unless the schedule has it already', () => {
    const when = cron('0 2 * * *', { endTime: '2026-11-26T11:59:59Z' });
    expect(refusal(when)).toContain('it is now 2026-11-26T12:00:00.000Z, which is after it');
    const kept = cron('0 2 * * *', { endTime: '2026-11-26T11:59:59.000Z' });
    const before = { when: kept, createdAt: '2026-11-01T00:00:00.000Z' };
    expect(checkTimes(when, now, before)).toEqual(kept);
  });

  it('an end before the first time that is due is refused', () => {
    expect(refusal(cron('0 2 * * *', { endTime: '2026-11-27T01:59:00' }))).toBe(
      'ScheduleNeverDue: The schedule would never be due: none of its times is between its start and its end.',
    );
  });
});

describe('a recurrence', () => {
  it.each([
    [recurrence({ frequency: 'hour', schedule: { minutes: [5] } }), 'minutes', 'Use day, week or month'],
    [recurrence({ frequency: 'minute', schedule: { hours: [5] } }), 'hours', 'Use day, week or month'],
    [recurrence({ frequency: 'day', schedule: { monthDays: [1] } }), 'monthDays', 'it has hours, minutes'],
    [recurrence({ schedule: { weekDays: ['monday'] } }), 'weekDays', 'it has hours, minutes, monthDays'],
  ])('is refused where a list does not go with its frequency', (when, field, reason) => {
    expect(refusal(when)).toContain(
      `RecurrenceInvalid: A recurrence by the ${when.frequency} cannot have '${field}'`,
    );
    expect(refusal(when)).toContain(reason);
  });

  it('is refused where none of its months has the day', () => {
    const when = recurrence({ interval: 12, startTime: '2027-02-01', schedule: { monthDays: [30] } });
    expect(refusal(when)).toContain('the months that it counts have no such day');
    const leap = { ...when, schedule: { monthDays: [29] } };
    expect(refusal(leap)).toBe('not refused');
  });
});

describe('since when a schedule is active', () => {
  const before: Schedule = {
    createdAt: '2026-11-01T00:00:00.000Z',
    activeSince: '2026-11-02T00:00:00.000Z',
    tags: {},
    properties: {},
    when: cron('0 2 * * *'),
    endpoint: 'e',
    input: { type: 'path', path: 'p', isFile: false },
    overrides: {},
    notifications: [],
    misfire: 'once',
    misfireLimit: 10,
    concurrency: 'allow',
    jitterSeconds: 0,
    enabled: true,
    createdBy: 'me',
  };

  it('is now for a new one, one that was enabled, and one with other times', () => {
    expect(activeSinceOf(undefined, before, now)).toBe(now.toISOString());
    expect(activeSinceOf({ ...before, enabled: false }, before, now)).toBe(now.toISOString());
    expect(activeSinceOf(before, { ...before, when: cron('1 2 * * *') }, now)).toBe(now.toISOString());
  });

  it('stays where neither changes', () => {
    expect(activeSinceOf(before, { when: cron('0 2 * * *'), enabled: true }, now)).toBe(before.activeSince);
  });
});
