import { SteadyClock } from '../../../../local/durable/store/steadyClock';

describe('the clock of the engine', () => {
  let [wall, running] = [1_000_000, 0];
  const clock = (latest?: number): SteadyClock =>
    new SteadyClock(
      latest,
      () => wall,
      () => running,
    );
  const pass = (milliseconds: number): void => {
    wall += milliseconds;
    running += milliseconds;
  };

  beforeEach(() => {
    [wall, running] = [1_000_000, 0];
  });

  test('goes by that of the machine, also where that is set forward', () => {
    const steady = clock();
    pass(500);
    expect(steady.now()).toBe(1_000_500);
    wall += 86_400_000;
    pass(500);
    expect(steady.now()).toBe(wall);
  });

  test('goes on by itself where that of the machine is set back', () => {
    const steady = clock();
    wall -= 3_600_000;
    pass(500);
    expect(steady.now()).toBe(1_000_500);
    pass(500);
    expect(steady.now()).toBe(1_001_000);
    wall += 3_600_000;
    expect(steady.now()).toBe(1_001_000);
  });

  test('does not begin before what was written down last', () => {
    const steady = clock(2_000_000);
    expect(steady.text()).toBe(new Date(2_000_000).toISOString());
    pass(7);
    expect(steady.now()).toBe(2_000_007);
  });
});
