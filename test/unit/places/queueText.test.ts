import { queueText } from '../../../shared/places/queueText';

const queue = { compute: 'cpu', position: 2, maxInstances: 4, holders: [{ job: 'a', instances: 4 }] };

describe('What is said of a job that waits for its compute', () => {
  test.each([
    [queue, "Number 2 in the line of the compute 'cpu': all its 4 instances are kept for a"],
    [
      { ...queue, maxInstances: 1 },
      "Number 2 in the line of the compute 'cpu': its one instance is kept for a",
    ],
    [
      { ...queue, holders: ['a', 'b', 'c', 'd', 'e'].map((job) => ({ job, instances: 1 })) },
      "Number 2 in the line of the compute 'cpu': all its 4 instances are kept for a, b, c, 2 more jobs",
    ],
    [
      { ...queue, holders: [{ instances: 1 }] },
      "Number 2 in the line of the compute 'cpu': all its 4 instances are kept for 1 job",
    ],
  ])('is one line, and names a few of those that are in front (%#)', (shown, line) => {
    expect(queueText(shown)).toBe(line);
  });
});
