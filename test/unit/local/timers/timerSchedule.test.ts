import { isMonitored, timerSchedule } from '../../../../local/timers/timerSchedule';

const from = new Date('2026-01-01T00:00:00.500Z');

function times(expression: string, count: number, settings: Record<string, string> = {}): string[] {
  const schedule = timerSchedule('t', expression, settings);
  const found: string[] = [];
  for (let time: Date | undefined = from; found.length < count && time !== undefined;) {
    time = schedule.next(time);
    if (time !== undefined) found.push(time.toISOString());
  }
  return found;
}

describe('A schedule', () => {
  test.each([
    ['*/20 * * * * *', ['2026-01-01T00:00:20.000Z', '2026-01-01T00:00:40.000Z']],
    ['0 */30 * * * *', ['2026-01-01T00:30:00.000Z', '2026-01-01T01:00:00.000Z']],
    ['0 0 9 * * Mon-Fri', ['2026-01-01T09:00:00.000Z', '2026-01-02T09:00:00.000Z']],
    ['*/30 * * * *', ['2026-01-01T00:30:00.000Z', '2026-01-01T01:00:00.000Z']],
  ])('%s has its times', (expression, expected) => {
    expect(times(expression, 2)).toEqual(expected);
  });

  test('with a day of the month and of the week means both', () => {
    // The first of a month that is a Monday.
    expect(times('0 0 0 1 * Mon', 1)).toEqual(['2026-06-01T00:00:00.000Z']);
  });

  test('may stand in a setting, and have a time zone', () => {
    const settings = { NOON: '0 0 12 * * *', WEBSITE_TIME_ZONE: 'Europe/Berlin' };
    expect(times('%NOON%', 1, settings)).toEqual(['2026-01-01T11:00:00.000Z']);
  });

  test.each(['at noon', '', '%MISSING%', '0 0 25 * * *'])('is refused when it is none: %p', (expression) => {
    expect(() => timerSchedule('t', expression, {})).toThrow(
      "of the function 't' is not a NCRONTAB expression of six fields",
    );
  });

  test('is written down when a minute or more is between its times', () => {
    expect(isMonitored(timerSchedule('t', '0 * * * * *', {}), from)).toBe(true);
    expect(isMonitored(timerSchedule('t', '*/30 * * * * *', {}), from)).toBe(false);
  });
});
