import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { removeFolders } from '../../../support/hostApp';
import { InProcessHost, type Register } from '../../../support/hostInProcess';

const register: Register = (df) => {
  df.app.activity('noop', { handler: () => null });
  df.app.orchestration('lane', function* (context) {
    const { left } = context.df.getInput<{ left: number }>();
    for (let done = 0; done < 20; done += 1)
      yield context.df.callActivity('noop', { text: 'x'.repeat(5000) });
    if (left > 20) context.df.continueAsNew({ left: left - 20 });
    return left;
  });
};

/** Bytes that are alive. */
function alive(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  return process.memoryUsage().heapUsed;
}

describe('The memory of a host', () => {
  afterEach(removeFolders);

  test('does not grow with the activities that it has run', async () => {
    const host = new InProcessHost(register);
    await host.run('lane', { left: 1000 });
    const before = alive();
    await host.run('lane', { left: 4000 });
    // Their inputs alone would be twenty megabytes.
    expect(alive() - before).toBeLessThan(6_000_000);
    host.close();
  }, 60_000);
});
