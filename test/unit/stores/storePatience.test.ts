import { failure } from '../../../shared/errors/batchpointError';
import { StorePatience } from '../../../shared/stores/storePatience';

const away = failure('StoreUnavailable', { store: 'the account', reason: 'it is away' });
const minutes = 60_000;

/** Work on a store, as somebody asks for it again and again. */
function asker(): {
  ask: (at: number, outcome: Error | string, id?: string) => Promise<string>;
  told: unknown[];
} {
  let now = 0;
  const patience = new StorePatience(() => now);
  const told: unknown[] = [];
  const ask = (at: number, outcome: Error | string, id = 'claim 1'): Promise<string> => {
    now = at;
    const run = (): Promise<string> =>
      outcome instanceof Error ? Promise.reject(outcome) : Promise.resolve(outcome);
    return patience.answerOf({ id, run, wait: 'wait' }, (error) => told.push(error));
  };
  return { ask, told };
}

describe('work whose store is away', () => {
  test('is to wait, and somebody is told each time', async () => {
    const { ask, told } = asker();
    expect(await ask(0, away)).toBe('wait');
    expect(await ask(59 * minutes, away)).toBe('wait');
    expect(told).toEqual([away, away]);
    expect(await ask(59 * minutes, 'done')).toBe('done');
  });

  test('fails after an hour, each time that it is tried', async () => {
    const { ask } = asker();
    await ask(0, away);
    await expect(ask(60 * minutes, away)).rejects.toBe(away);
    await expect(ask(61 * minutes, away)).rejects.toBe(away);
  });

  test('has an hour from the first time in vain after it was done, and by itself', async () => {
    const { ask } = asker();
    await ask(0, away);
    await ask(30 * minutes, 'done');
    expect(await ask(80 * minutes, away)).toBe('wait');
    expect(await ask(139 * minutes, away)).toBe('wait');
    expect(await ask(141 * minutes, away, 'claim 2')).toBe('wait');
  });

  test('fails at once by anything else', async () => {
    const { ask, told } = asker();
    const full = failure('StoreFull', { store: 'the account', reason: 'it is full' });
    await expect(ask(0, full)).rejects.toBe(full);
    expect(told).toEqual([]);
  });
});
