import fc from 'fast-check';
import { Tiling, type MiniBatchRange } from '../../../shared/domain/tiling';

const ranges = (...pairs: [number, number][]): { from: number; to: number }[] =>
  pairs.map(([from, to]) => ({ from, to }));

const tilingFault = (some: readonly MiniBatchRange[], total: number): string | undefined => {
  const tiling = new Tiling();
  for (const range of some) tiling.take(range);
  return tiling.fault(total);
};

describe('ranges that should tile [0, N)', () => {
  test('fit when they cover it exactly', () => {
    expect(tilingFault(ranges([0, 3], [3, 4], [4, 9]), 9)).toBeUndefined();
    expect(tilingFault([], 0)).toBeUndefined();
  });

  test.each([
    [ranges([0, 3], [5, 9]), 'mini-batches 3 to 4 are missing'],
    [ranges([1, 9]), 'mini-batches 0 to 0 are missing'],
    [ranges([0, 5], [4, 9]), 'mini-batch 4 is there twice'],
    [ranges([0, 5], [5, 5], [5, 9]), 'mini-batch 5 is there twice'],
    [ranges([0, 8]), 'mini-batches 8 to 8 are missing'],
    [ranges([0, 11]), 'mini-batches 9 to 10 are too many'],
  ])('are told where they do not', (some, fault) => {
    expect(tilingFault(some, 9)).toBe(fault);
  });

  test('fit for every way of cutting, and for none with a piece taken out', () => {
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 999 }), { maxLength: 50 });
    fc.assert(
      fc.property(cuts, fc.nat(), (points, pick) => {
        const borders = [0, ...points.sort((a, b) => a - b), 1000];
        const pieces = borders.slice(1).map((to, i) => ({ from: borders[i] ?? 0, to }));
        const without = pieces.filter((_, i) => i !== pick % pieces.length);
        return tilingFault(pieces, 1000) === undefined && tilingFault(without, 1000) !== undefined;
      }),
    );
  });
});
