import { retryDelay } from '../../../../local/durable/replay/retryDelay';

describe('The wait before another attempt', () => {
  test('grows by its coefficient, up to a limit', () => {
    const options = {
      firstRetryIntervalInMilliseconds: 100,
      maxNumberOfAttempts: 9,
      backoffCoefficient: 3,
      maxRetryIntervalInMilliseconds: 1000,
    };
    expect([1, 2, 3, 4].map((attempts) => retryDelay(options, attempts))).toEqual([100, 300, 900, 1000]);
  });

  test('stays the same without one', () => {
    const options = { firstRetryIntervalInMilliseconds: 100, maxNumberOfAttempts: 9 };
    expect([1, 2, 3].map((attempts) => retryDelay(options, attempts))).toEqual([100, 100, 100]);
  });
});
