import { countLanes, groupsOfLanes } from '../../../shared/domain/lanes';

const bounds = {
  miniBatches: 1000,
  instanceCount: 2,
  maxConcurrencyPerInstance: 3,
  maxInstances: 10,
  machineLimit: undefined,
};

describe('the lanes of a job', () => {
  test('are instance_count x max_concurrency_per_instance', () => {
    expect(countLanes(bounds)).toEqual({ lanes: 6, cutBy: [], asked: 6 });
  });

  test('are no more than there are mini-batches', () => {
    expect(countLanes({ ...bounds, miniBatches: 4 })).toEqual({ lanes: 4, cutBy: [], asked: 6 });
  });

  test('are cut by the instances of the compute, then by the machine, and it is said', () => {
    expect(countLanes({ ...bounds, maxInstances: 1 })).toEqual({ lanes: 3, cutBy: ['compute'], asked: 6 });
    expect(countLanes({ ...bounds, machineLimit: 2 })).toEqual({ lanes: 2, cutBy: ['machine'], asked: 6 });
    expect(countLanes({ ...bounds, maxInstances: 1, machineLimit: 2 }).cutBy).toEqual(['compute', 'machine']);
  });

  test('are at least one', () => {
    expect(countLanes({ ...bounds, miniBatches: 0 }).lanes).toBe(1);
  });

  test('are split into groups that cover them', () => {
    expect(groupsOfLanes(0, 100)).toEqual([
      { from: 0, to: 40 },
      { from: 40, to: 80 },
      { from: 80, to: 100 },
    ]);
  });

  test('are split into groups of groups where they are very many', () => {
    const groups = groupsOfLanes(0, 2_000);
    expect(groups).toEqual([
      { from: 0, to: 1_600 },
      { from: 1_600, to: 2_000 },
    ]);
    expect(groupsOfLanes(0, 1_600)).toHaveLength(40);
  });
});
