import { IdleWatch } from '../../../local/idleWatch';

describe('An idle watch', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  test('resolves when nothing has happened for so long', async () => {
    const watch = new IdleWatch(() => true);
    const resolved = jest.fn();
    void watch.quietFor(10).then(resolved);
    await jest.advanceTimersByTimeAsync(9_000);
    watch.touch();
    await jest.advanceTimersByTimeAsync(9_000);
    expect(resolved).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(2_000);
    expect(resolved).toHaveBeenCalled();
  });

  test('does not while there is something left to do, and then counts from the last thing', async () => {
    let isIdle = false;
    const watch = new IdleWatch(() => isIdle);
    const resolved = jest.fn();
    void watch.quietFor(10).then(resolved);
    await jest.advanceTimersByTimeAsync(60_000);
    isIdle = true;
    watch.touch();
    await jest.advanceTimersByTimeAsync(9_000);
    expect(resolved).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(2_000);
    expect(resolved).toHaveBeenCalled();
  });

  test('is not kept awake by what only looks whether something is left to do', async () => {
    let isIdle = false;
    const watch = new IdleWatch(() => isIdle);
    const resolved = jest.fn();
    void watch.quietFor(10).then(resolved);
    await jest.advanceTimersByTimeAsync(30_000);
    watch.look();
    await jest.advanceTimersByTimeAsync(1_000);
    expect(resolved).not.toHaveBeenCalled();
    isIdle = true;
    watch.look();
    await jest.advanceTimersByTimeAsync(0);
    expect(resolved).toHaveBeenCalled();
  });
});
