import { removeFolders } from '../../../support/hostApp';
import { InProcessHost, output, type Register } from '../../../support/hostInProcess';

/** What the activities of a test wait for, and the order in which they began. */
class Gate {
  readonly began: string[] = [];
  running = 0;
  mostRunning = 0;

  async pass(key: string): Promise<string> {
    this.began.push(key);
    this.running += 1;
    this.mostRunning = Math.max(this.mostRunning, this.running);
    await new Promise((resolve) => setImmediate(resolve));
    this.running -= 1;
    return key;
  }
}

function fans(gate: Gate): Register {
  return (df) => {
    df.app.activity('pass', { handler: (key: string) => gate.pass(key) });
    df.app.orchestration('fan', function* (context) {
      const { count } = context.df.getInput<{ count: number }>();
      const name = context.df.instanceId;
      const tasks = Array.from({ length: count }, (_, at) =>
        context.df.callActivity('pass', `${name} ${at}`),
      );
      const results = (yield context.df.Task.all(tasks)) as string[];
      return results.length;
    });
  };
}

describe('Many orchestrations at once', () => {
  let gate: Gate;
  let host: InProcessHost;

  beforeEach(() => {
    gate = new Gate();
    host = new InProcessHost(fans(gate), { limits: { concurrency: 4 } });
  });

  afterEach(() => {
    host.close();
    removeFolders();
  });

  test('all end, each with its own results', async () => {
    const ids = Array.from({ length: 200 }, (_, at) => host.start('fan', { count: 3 }, `small${at}`));
    const ended = await Promise.all(ids.map((id) => host.ended(id)));
    expect(ended.map(output)).toEqual(ids.map(() => 3));
    expect(gate.began).toHaveLength(600);
  });

  test('run no more activities at a time than host.json allows', async () => {
    await host.run('fan', { count: 50 });
    expect(gate.mostRunning).toBe(4);
  });

  test('take turns: a large one does not hold up a small one', async () => {
    const large = host.start('fan', { count: 400 }, 'large');
    await host.until(() => (gate.began.length >= 20 ? true : undefined));
    await host.run('fan', { count: 2 }, 'small');
    // Of the large one's 400 activities most have not even begun.
    expect(gate.began.length).toBeLessThan(200);
    await host.ended(large);
  });
});
