import { claimSize } from '../../../shared/domain/claimSize';

/** Seconds between two claims of a lane: what the machinery takes to settle one and to take the next. */
const between = 0.008;

/** How a job went: the part of its time that lanes stood idle, at the end and between claims, and the claims of a lane. */
interface Course {
  readonly idle: number;
  readonly claimsOfLane: number;
}

/** Numbers in [0, 1) that look random, and are the same each time (xorshift). */
function numbers(seed: number): () => number {
  let state = seed * 2_654_435_761 + 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** Goes through a job whose mini-batches take these seconds: lanes take claim after claim, a claim is known when it ends. */
function courseOf(seconds: readonly number[], lanes: number): Course {
  const free = Array.from({ length: lanes }, () => 0);
  let known = { done: 0, seconds: 0, slowest: 0 };
  let unknown: { readonly at: number; readonly took: readonly number[] }[] = [];
  let [next, largest, claims] = [0, 0, 0];
  while (next < seconds.length) {
    const now = Math.min(...free);
    for (const { took } of unknown.filter(({ at }) => at <= now))
      known = {
        done: known.done + took.length,
        seconds: took.reduce((sum, one) => sum + one, known.seconds),
        slowest: Math.max(known.slowest, ...took),
      };
    unknown = unknown.filter(({ at }) => at > now);
    const size = claimSize({ left: seconds.length - next, lanes, ...known, largest, targetSeconds: 3 });
    const took = seconds.slice(next, next + size);
    const at = took.reduce((sum, one) => sum + one, now + between);
    free[free.indexOf(now)] = at;
    unknown.push({ at, took });
    [next, largest, claims] = [next + size, Math.max(largest, size), claims + 1];
  }
  const worked = seconds.reduce((sum, one) => sum + one, 0);
  return { idle: 1 - worked / (lanes * Math.max(...free)), claimsOfLane: claims / lanes };
}

describe('the sizes of all claims of a job', () => {
  const seeds = [1, 2, 3, 4, 5, 6];
  const lanes = [2, 8, 32];
  const courses = (minutes: number, of: (random: number, part: number) => number): Course[] =>
    lanes.flatMap((count) =>
      seeds.map((seed) => {
        const random = numbers(seed * 100 + count);
        const length = count * minutes;
        return courseOf(
          Array.from({ length }, (_, i) => of(random(), i / length)),
          count,
        );
      }),
    );
  const mean = (all: readonly Course[]): number => all.reduce((sum, { idle }) => sum + idle, 0) / all.length;
  const worst = (all: readonly Course[], of: keyof Course): number => Math.max(...all.map((one) => one[of]));

  test.each([
    ['5 ms', 0.005, 2_000],
    ['50 ms', 0.05, 1_000],
    ['a second', 1, 1_000],
  ])(
    'keep lanes busy for 97 % of a job where one file of %s in fifty takes 40 times longer',
    (_case, each, files) => {
      const all = courses(files, (random) => (random < 0.02 ? 40 * each : each));
      for (const of of lanes.keys())
        expect(mean(all.slice(of * seeds.length, (of + 1) * seeds.length))).toBeLessThanOrEqual(0.03);
    },
  );

  test.each<[string, (random: number, part: number) => number]>([
    ['are all alike', () => 0.01],
    ['take longer and longer', (_random, part) => 0.002 + 0.04 * part],
    ['take less and less', (_random, part) => 0.042 - 0.04 * part],
    ['take 20 times longer from some point on', (_random, part) => (part < 0.8 ? 0.005 : 0.1)],
  ])('keep lanes busy for 97 % of a job whose mini-batches %s', (_case, each) => {
    expect(worst(courses(1_500, each), 'idle')).toBeLessThanOrEqual(0.03);
  });

  test('are few where mini-batches are short', () => {
    expect(
      worst(
        courses(20_000, () => 0.0001),
        'claimsOfLane',
      ),
    ).toBeLessThanOrEqual(20);
    expect(
      worst(
        courses(2_000, (random) => (random < 0.02 ? 0.2 : 0.005)),
        'claimsOfLane',
      ),
    ).toBeLessThanOrEqual(30);
  });
});
