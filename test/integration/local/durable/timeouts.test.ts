import { removeFolders } from '../../../support/hostApp';
import { InProcessHost, output, type Register } from '../../../support/hostInProcess';

describe('An activity that takes too long', () => {
  let host: InProcessHost;
  let finish: (value: string) => void;
  let runs: number;

  const register: Register = (df) => {
    df.app.activity('slow', {
      handler: () => {
        runs += 1;
        return runs === 1 ? new Promise<string>((resolve) => (finish = resolve)) : 'in time';
      },
    });
    df.app.orchestration('once', function* (context) {
      const result: unknown = yield context.df.callActivity('slow', {});
      return result;
    });
    df.app.orchestration('again', function* (context) {
      const first: unknown = yield context.df.callActivityWithRetry('slow', new df.RetryOptions(1, 2), {});
      const second: unknown = yield context.df.waitForExternalEvent('more');
      return [first, second];
    });
  };

  beforeEach(() => {
    runs = 0;
    finish = () => undefined;
    host = new InProcessHost(register, { limits: { timeout: 20 } });
  });

  afterEach(() => {
    host.close();
    removeFolders();
  });

  test('fails with the limit in its message', async () => {
    const ended = await host.run('once');
    expect(output(ended)).toContain(
      "Activity function 'slow' failed: Timeout value of 00:00:00.0200000 was exceeded by function: Functions.slow",
    );
  });

  test('may be tried again, and what it returns late is dropped', async () => {
    const id = host.start('again');
    await host.until(() => (runs === 2 ? true : undefined));
    finish('too late');
    await new Promise((resolve) => setImmediate(resolve));
    host.raise(id, 'more', 1);
    expect(output(await host.ended(id))).toEqual(['in time', 1]);
  });
});
