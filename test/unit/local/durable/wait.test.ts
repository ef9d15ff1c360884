import { Wait } from '../../../../local/durable/replay/wait';

describe('A wait', () => {
  test('settles once, and tells those who listen later at once', () => {
    const wait = new Wait();
    const heard: string[] = [];
    wait.then(() => heard.push('early'));
    wait.settle(true);
    wait.settle(false);
    wait.then(() => heard.push('late'));
    expect(heard).toEqual(['early', 'late']);
    expect(wait.failed).toBe(true);
  });

  test('for all settles with the last, for any with the first', () => {
    const [one, other] = [new Wait(), new Wait()];
    const all = Wait.all([one, other]);
    const any = Wait.any([one, other]);
    other.settle();
    expect([all.settled, any.settled]).toEqual([false, true]);
    one.settle(true);
    expect(all.settled).toBe(true);
    expect(Wait.all([]).settled).toBe(true);
  });
});
