import { formatTimeSpan, parseTimeSpan } from '../../../../local/app/timeSpan';

describe('A .NET time span', () => {
  test.each([
    ['00:00:05', 5_000],
    ['00:10:00', 600_000],
    ['1.02:03:04', 93_784_000],
    ['00:00:00.5', 500],
    ['00:00:01.2500000', 1_250],
    ['-00:00:01', -1_000],
  ])('%s is so many milliseconds', (text, milliseconds) => {
    expect(parseTimeSpan(text)).toBe(milliseconds);
  });

  test.each(['', '5', '5s', '00:00', 'later', '00:00:00:00'])('is not %p', (text) => {
    expect(parseTimeSpan(text)).toBeUndefined();
  });

  test.each(['00:00:05', '01:30:00', '1.02:03:04', '00:00:00.2500000'])(
    '%s is written as it was read',
    (text) => {
      expect(formatTimeSpan(parseTimeSpan(text) ?? Number.NaN)).toBe(text);
    },
  );
});
