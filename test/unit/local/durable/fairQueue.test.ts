import { FairQueue } from '../../../../local/durable/engine/fairQueue';

describe('A fair queue', () => {
  test('takes from its groups in turn, from each in order', () => {
    const queue = new FairQueue<string>();
    for (const entry of ['a1', 'a2', 'a3']) queue.push('a', entry);
    queue.push('b', 'b1');
    expect(queue.size).toBe(4);
    expect([1, 2, 3, 4, 5].map(() => queue.shift())).toEqual(['a1', 'b1', 'a2', 'a3', undefined]);
    expect(queue.size).toBe(0);
  });

  test('takes a group again that was empty', () => {
    const queue = new FairQueue<number>();
    queue.push('a', 1);
    queue.shift();
    queue.push('a', 2);
    expect(queue.shift()).toBe(2);
  });
});
