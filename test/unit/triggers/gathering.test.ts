import { Failed, Gathering } from '../../../shared/triggers/gathering';

/** Work that is done group by group, each when a test says so. */
function heldWork(): {
  groups: number[][];
  work: (items: readonly number[]) => Promise<number[]>;
  go: () => void;
} {
  const groups: number[][] = [];
  const waiting: (() => void)[] = [];
  return {
    groups,
    work: async (items) => {
      groups.push([...items]);
      await new Promise<void>((resolve) => waiting.push(resolve));
      return items.map((item) => item * 10);
    },
    go: () => waiting.shift()?.(),
  };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('what comes alone is done at once; what comes meanwhile is done after it, together, up to the most', async () => {
  const { groups, work, go } = heldWork();
  const gathering = new Gathering<number, number>(2, work);
  const results = [1, 2, 3].map((item) => gathering.add(item));
  await turn();
  expect(groups).toEqual([[1, 2]]);
  results.push(...[4, 5].map((item) => gathering.add(item)));
  for (let i = 0; i < 3; i++) {
    go();
    await turn();
  }
  expect(groups).toEqual([[1, 2], [3, 4], [5]]);
  expect(await Promise.all(results)).toEqual([10, 20, 30, 40, 50]);
});

test('one that fails fails alone, and a group that fails whole keeps none that comes after it from being done', async () => {
  const gathering = new Gathering<number, number>(10, (items) => {
    if (items.includes(0)) return Promise.reject(new Error('all of them'));
    return Promise.resolve(items.map((item) => (item < 0 ? new Failed(new Error('this one')) : item)));
  });
  const settled = await Promise.allSettled([gathering.add(1), gathering.add(-1)]);
  expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  const whole = await Promise.allSettled([gathering.add(0), gathering.add(2)]);
  expect(whole.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await gathering.add(3)).toBe(3);
});
