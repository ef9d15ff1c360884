import {
  laneMove,
  lanesDue,
  placeShares,
  placesUsed,
  type SharingJob,
} from '../../../shared/domain/placeShares';

/** A job of one lane an instance, with lanes that have a place and lanes that wait for one. */
function job(holding: number[], waiting: number[] = [], perInstance = 1): SharingJob {
  return { perInstance, holding, waiting };
}

describe('The shares of jobs in the places of a compute', () => {
  test.each<[string, number, number[], number[]]>([
    ['one each, and the rest goes round', 5, [5, 5], [3, 2]],
    ['as far as they want more', 6, [1, 9, 2], [1, 3, 2]],
    ['no more than are wanted', 9, [2, 3], [2, 3]],
    ['the first ones, where there are fewer than jobs', 2, [4, 4, 4], [1, 1, 0]],
    ['none of a compute that has none', 0, [1], [0]],
    ['nothing for nobody', 3, [], []],
  ])('are %s', (_what, places, wanted, shares) => {
    expect(placeShares(places, wanted)).toEqual(shares);
  });
});

describe('A lane at the border of a claim', () => {
  test('takes a place where its job is due one and one is free', () => {
    expect(laneMove(3, [job([0]), job([])], 1, 0)).toBe('take');
  });

  test('waits where all places are in use, although its job is due one', () => {
    expect(laneMove(2, [job([0, 1]), job([])], 1, 0)).toBe('wait');
  });

  test('gives its place back where its job has more than its share, the last instance first', () => {
    const jobs = [job([0, 1, 2]), job([], [0])];
    expect([0, 1, 2].map((lane) => laneMove(3, jobs, 0, lane))).toEqual(['keep', 'keep', 'give']);
  });

  test('keeps its place where nobody else could use it', () => {
    expect([0, 1, 2].map((lane) => laneMove(3, [job([0, 1, 2])], 0, lane))).toEqual(['keep', 'keep', 'keep']);
  });

  test('leaves what is free to the job that is due it', () => {
    const jobs = [job([0, 1], [2]), job([], [0])];
    expect(laneMove(3, jobs, 0, 2)).toBe('wait');
    expect(laneMove(3, jobs, 1, 0)).toBe('take');
  });

  test('joins the other lanes of its instance, which is one place', () => {
    expect(laneMove(1, [job([0], [], 2)], 0, 1)).toBe('take');
    expect(laneMove(1, [job([0], [], 2)], 0, 2)).toBe('wait');
  });

  test('does not join an instance that is to be given back', () => {
    const jobs = [job([0, 1, 2], [], 2), job([], [0])];
    expect(laneMove(2, jobs, 0, 3)).toBe('wait');
    expect(laneMove(2, jobs, 0, 2)).toBe('give');
  });

  test('gives its place back where the compute has fewer than are in use', () => {
    expect([0, 1, 2].map((lane) => laneMove(1, [job([0, 1, 2])], 0, lane))).toEqual(['keep', 'give', 'give']);
  });

  test('waits where its job is not among those that were admitted', () => {
    expect(laneMove(3, [], -1, 0)).toBe('wait');
  });
});

describe('The lanes that need not wait any longer', () => {
  test('are those of jobs that are due what is free', () => {
    expect(lanesDue(3, [job([0], [1, 2]), job([], [0, 1])])).toEqual([[1], [0]]);
  });

  test('are all of an instance', () => {
    expect(lanesDue(2, [job([0, 1], [2, 3], 2)])).toEqual([[2, 3]]);
  });

  test('are none while all is in use', () => {
    expect(lanesDue(2, [job([0, 1], [2]), job([], [0])])).toEqual([[], []]);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'take no more than there is, and leave nothing free (seed %i)',
    (seed) => {
      let state = seed;
      const random = (below: number): number => {
        state = (state * 48_271) % 2_147_483_647;
        return state % below;
      };
      const places = 1 + random(6);
      const jobs: SharingJob[] = Array.from({ length: 1 + random(4) }, () => job([], [], 1 + random(3)));
      const atBorder = (at: number, lane: number): void => {
        const one = jobs[at] ?? job([]);
        const move = laneMove(places, jobs, at, lane);
        const holding = one.holding.filter((other) => other !== lane);
        const waiting = one.waiting.filter((other) => other !== lane);
        if (move === 'keep' || move === 'take') jobs[at] = { ...one, holding: [...holding, lane], waiting };
        else jobs[at] = { ...one, holding, waiting: [...waiting, lane] };
      };
      const lanes = 12;
      for (let step = 0; step < 400; step++) {
        atBorder(random(jobs.length), random(lanes));
        expect(sum(jobs.map(placesUsed))).toBeLessThanOrEqual(places);
      }
      // Once all have been at a border often enough, each job has what is due to it.
      for (let turn = 0; turn < 30 * lanes * jobs.length; turn++)
        atBorder(Math.floor(turn / lanes) % jobs.length, turn % lanes);
      const wanted = jobs.map(({ perInstance }) => Math.ceil(lanes / perInstance));
      expect(jobs.map(placesUsed)).toEqual(placeShares(places, wanted));
    },
  );
});

function sum(counts: readonly number[]): number {
  return counts.reduce((all, count) => all + count, 0);
}
