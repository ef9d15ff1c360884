import { output, type Register, useInProcessHost } from '../../../support/hostInProcess';

const register: Register = (df) => {
  df.app.activity('add', { handler: (value: number) => value + 1 });
  df.app.orchestration('count', function* (context) {
    const { value, until } = context.df.getInput<{ value: number; until: number }>();
    const next = (yield context.df.callActivity('add', value)) as number;
    context.df.setCustomStatus(`at ${next}`);
    if (next < until) context.df.continueAsNew({ value: next, until });
    return { value: next, parent: context.df.parentInstanceId ?? null };
  });
  df.app.orchestration('parent', function* (context) {
    const result: unknown = yield context.df.callSubOrchestrator('count', context.df.getInput(), 'child');
    return result;
  });
  df.app.orchestration('collect', function* (context) {
    const { want, got } = context.df.getInput<{ want: number; got: number[] }>();
    got.push((yield context.df.waitForExternalEvent('item')) as number);
    if (got.length < want) context.df.continueAsNew({ want, got });
    return got;
  });
  df.app.orchestration('passText', function* (context) {
    const text = context.df.getInput<string>();
    if (text === 'first') context.df.continueAsNew('second');
    yield context.df.callActivity('add', 1);
    return text;
  });
};

describe('An orchestration that continues as new', () => {
  const host = useInProcessHost(register);

  test('keeps its id and its status, and ends with its last output', async () => {
    const ended = await host().run('count', { value: 0, until: 5 });
    expect(output(ended)).toEqual({ value: 5, parent: null });
    expect(ended.customStatus).toBe('"at 5"');
  });

  test('keeps its parent when it is a sub-orchestration', async () => {
    const ended = await host().run('parent', { value: 0, until: 4 }, 'parent');
    expect(output(ended)).toEqual({ value: 4, parent: 'parent' });
  });

  test('keeps only the history of its last execution, however often it continues', async () => {
    const id = host().start('count', { value: 0, until: 1_000 });
    await host().ended(id);
    const rows = host().database.prepare('SELECT count(*) AS rows FROM history').get();
    expect(Number(rows?.rows)).toBeLessThan(5);
    const pages = host().database.prepare('PRAGMA page_count').get();
    expect(Number(pages?.page_count)).toBeLessThan(100);
  }, 60_000);

  test('gets every event that was raised, in order, whenever it was raised', async () => {
    const id = host().start('collect', { want: 50, got: [] });
    for (let item = 0; item < 50; item += 1) {
      host().raise(id, 'item', item);
      if (item % 7 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    const ended = await host().ended(id);
    expect(output(ended)).toEqual(Array.from({ length: 50 }, (_, item) => item));
  });

  test('gets text as text', async () => {
    const ended = await host().run('passText', 'first');
    expect(output(ended)).toBe('second');
  });
});
