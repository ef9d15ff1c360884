import { crossesThreshold, failedFilesOf } from '../../../shared/domain/errorThreshold';

describe('the error threshold', () => {
  test('is crossed by more failed files than it ignores', () => {
    expect([9, 10, 11].map((failed) => crossesThreshold(failed, 10))).toEqual([false, false, true]);
  });

  test('of 0 is crossed by the first one', () => {
    expect([0, 1].map((failed) => crossesThreshold(failed, 0))).toEqual([false, true]);
  });

  test('of -1 is never crossed', () => {
    expect(crossesThreshold(1_000_000, -1)).toBe(false);
  });

  test('counts files in minus elements out, never below zero', () => {
    expect([failedFilesOf(10, 7), failedFilesOf(10, 10), failedFilesOf(10, 30)]).toEqual([3, 0, 0]);
  });
});
