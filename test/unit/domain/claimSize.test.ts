import fc from 'fast-check';
import { claimSize, type ClaimSizing } from '../../../shared/domain/claimSize';

const sizing: ClaimSizing = {
  left: 1_000_000,
  lanes: 4,
  done: 0,
  seconds: 0,
  slowest: 0,
  largest: 0,
  targetSeconds: 3,
};

describe('the size of the next claim', () => {
  test('is one mini-batch as long as no time is known', () => {
    expect(claimSize(sizing)).toBe(1);
  });

  test('follows from the time that mini-batches took', () => {
    expect(claimSize({ ...sizing, done: 100, seconds: 10, largest: 1000 })).toBe(30);
  });

  test('grows step by step', () => {
    expect(claimSize({ ...sizing, done: 4, seconds: 0.0001, largest: 1 })).toBe(16);
    expect(claimSize({ ...sizing, done: 4, seconds: 0.0001, largest: 16 })).toBe(256);
  });

  test('shrinks near the end, so that lanes finish together', () => {
    expect(claimSize({ ...sizing, left: 80, done: 10, seconds: 10, largest: 100, targetSeconds: 100 })).toBe(
      10,
    );
    expect(claimSize({ ...sizing, left: 8, done: 10, seconds: 10, largest: 100, targetSeconds: 100 })).toBe(
      1,
    );
  });

  test('leaves room for a mini-batch as slow as the slowest near the end', () => {
    const near = { ...sizing, left: 80, done: 100, seconds: 100, largest: 100, targetSeconds: 100 };
    expect(claimSize({ ...near, slowest: 1 })).toBe(9);
    expect(claimSize({ ...near, slowest: 20 })).toBe(5);
    expect(claimSize({ ...near, slowest: 1000 })).toBe(1);
  });

  test('is not cut into pieces that cost more than they are worth', () => {
    expect(claimSize({ ...sizing, left: 40, done: 100, seconds: 0.1, largest: 1000 })).toBe(10);
  });

  test('is at least one and at most what is left, whatever was seen', () => {
    const seen = fc.record({
      left: fc.integer({ min: 1, max: 2_000_000 }),
      lanes: fc.integer({ min: 1, max: 1000 }),
      done: fc.integer({ min: 0, max: 2_000_000 }),
      seconds: fc.double({ min: 0, max: 1e9, noNaN: true }),
      slowest: fc.double({ min: 0, max: 1e9, noNaN: true }),
      largest: fc.integer({ min: 0, max: 2_000_000 }),
      targetSeconds: fc.double({ min: 0.1, max: 600, noNaN: true }),
    });
    fc.assert(
      fc.property(seen, (one) => {
        const size = claimSize(one);
        return Number.isInteger(size) && size >= 1 && size <= one.left;
      }),
    );
  });
});
