import { DurableStore } from '../../../../local/durable/store/durableStore';
import { removeFolders } from '../../../support/hostApp';
import { InProcessHost, output, type Register } from '../../../support/hostInProcess';

const rounds = 2;
const children = 2;

/** Everything that an orchestration can wait for, over several executions. `runs` counts those of each activity. */
function everything(runs: Map<string, number>): Register {
  return (df) => {
    df.app.activity('note', {
      handler: (key: string) => {
        runs.set(key, (runs.get(key) ?? 0) + 1);
        return key;
      },
    });
    df.app.activity('flaky', {
      handler: (key: string) => {
        const run = (runs.get(key) ?? 0) + 1;
        runs.set(key, run);
        if (run === 1) throw new Error('the first attempt fails');
        return key;
      },
    });
    df.app.orchestration('leaf', function* (context) {
      const key = String(context.df.getInput());
      const done = (yield context.df.callActivity('note', key)) as string;
      return done;
    });
    df.app.orchestration('root', function* (context) {
      const { round, seen } = context.df.getInput<{ round: number; seen: string[] }>();
      const { instanceId } = context.df;
      const name = (what: string): string => `${what}${round}`;
      seen.push((yield context.df.callActivity('note', name('single'))) as string);
      yield context.df.createTimer(new Date(context.df.currentUtcDateTime.getTime() + 1));
      const leaves = Array.from({ length: children }, (_, at) =>
        context.df.callSubOrchestrator('leaf', name(`leaf${at}-`), `${instanceId}-${round}-${at}`),
      );
      seen.push(...((yield context.df.Task.all(leaves)) as string[]));
      seen.push(
        (yield context.df.callActivityWithRetry('flaky', new df.RetryOptions(1, 2), name('flaky'))) as string,
      );
      seen.push((yield context.df.waitForExternalEvent('go')) as string);
      if (round + 1 < rounds) context.df.continueAsNew({ round: round + 1, seen });
      return seen;
    });
  };
}

/** Dies before a transaction: what a process writes is what the transactions before have written. */
class DyingStore extends DurableStore {
  constructor(
    database: ConstructorParameters<typeof DurableStore>[0],
    private readonly life: { left: number },
  ) {
    super(database);
  }

  override transaction<Result>(work: () => Result): Result {
    if (this.life.left === 0) throw new Error('died');
    this.life.left -= 1;
    return super.transaction(work);
  }
}

const expected = Array.from({ length: rounds }, (_, round) => [
  `single${round}`,
  ...Array.from({ length: children }, (_leaf, at) => `leaf${at}-${round}`),
  `flaky${round}`,
  `event${round}`,
]).flat();

/** Runs the orchestration with a process that dies after so many transactions; false when it lived to the end. */
async function diesAfter(transactions: number, deaths: number): Promise<boolean> {
  const host = new InProcessHost(everything(new Map()));
  host.start('root', { round: 0, seen: [] }, 'root');
  for (let round = 0; round < rounds; round += 1) host.raise('root', 'go', `event${round}`);
  let died = false;
  for (let death = 0; death < deaths; death += 1) {
    const life = { left: transactions };
    host.restart({ makeStore: (database) => new DyingStore(database, life) });
    const end = await host.ended('root').catch(() => undefined);
    if (end !== undefined) break;
    died = true;
  }
  host.restart();
  const ended = await host.ended('root');
  expect(ended.status).toBe('Completed');
  expect(output(ended)).toEqual(expected);
  expect(host.database.prepare('SELECT count(*) AS left FROM activities').get()).toEqual({ left: 0 });
  expect(host.database.prepare('SELECT count(*) AS left FROM timers').get()).toEqual({ left: 0 });
  host.close();
  return died;
}

describe('A process that dies between two transactions', () => {
  afterEach(removeFolders);

  test('loses nothing, whichever two they are', async () => {
    let transactions = 0;
    while (await diesAfter(transactions, 1)) transactions += 1;
    expect(transactions).toBeGreaterThan(30);
  }, 120_000);

  test('gets on even when it dies again after every few', async () => {
    for (const transactions of [2, 3, 5, 7]) await diesAfter(transactions, 100);
  }, 60_000);
});
