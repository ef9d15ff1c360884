import { output, useInProcessHost } from '../../../support/hostInProcess';

const hour = 3_600_000;

describe('Timers of orchestrations', () => {
  const host = useInProcessHost((df) => {
    df.app.orchestration('waits', function* (context) {
      const began = context.df.currentUtcDateTime.getTime();
      yield context.df.createTimer(new Date(began + 300));
      return context.df.currentUtcDateTime.getTime() - began;
    });
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  /** Moves the clock of the machine from now on. */
  function shift(milliseconds: number): void {
    const real = Date.now.bind(Date);
    jest.spyOn(Date, 'now').mockImplementation(() => real() + milliseconds);
  }

  const waiting = async (): Promise<string> => {
    const id = host().start('waits');
    await host().until(() => (host().store.timers.nextDue() === undefined ? undefined : true));
    return id;
  };

  test('go off when the clock is set back by an hour while they wait', async () => {
    const id = await waiting();
    shift(-hour);
    // What begins later has its own timer, and must not hold up the one that is there.
    const later = await host().run('waits');
    for (const ended of [await host().ended(id), later]) {
      expect(output(ended)).toBeGreaterThanOrEqual(299);
      expect(output(ended)).toBeLessThan(60_000);
    }
  });

  test('go off when it is set back by an hour and the host starts again', async () => {
    const id = await waiting();
    shift(-hour);
    host().restart();
    expect(output(await host().ended(id))).toBeLessThan(60_000);
  });

  test('go off when it is set forward by a day, by whatever time that is then', async () => {
    const id = await waiting();
    shift(24 * hour);
    expect((await host().ended(id)).status).toBe('Completed');
  });
});
