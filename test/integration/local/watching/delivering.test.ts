import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { until } from '../../../../bench/product/until';
import { useWatchingHost } from '../../../support/watchingHost';

describe('The event of a file', () => {
  const host = useWatchingHost();

  test('comes again, with the same id, until the function answers well, and holds up no other file', async () => {
    let tries = 0;
    host().handler = (path) => {
      if (path === 'hard.csv' && ++tries < 2) throw new Error('not yet');
    };
    host().write('hard.csv');
    await host().toldOf('hard.csv');
    host().write('easy.csv');
    await host().toldOf('hard.csv', 2);
    expect(host().paths()).toEqual(['hard.csv', 'easy.csv', 'hard.csv']);
    expect(host().told[2]?.event.id).toBe(host().told[0]?.event.id);
    expect(host().log.join()).toContain("The event of 'hard.csv' comes again: Error: not yet");
    await host().quiet();
    expect(host().remembered()).toEqual(['easy.csv', 'hard.csv']);
  });

  test('comes again when the function has taken longer than it may', async () => {
    host().stop();
    host().handler = () => (host().told.length > 1 ? undefined : new Promise(() => undefined));
    host().start(50);
    host().write('a.csv');
    await host().toldOf('a.csv', 2);
    expect(host().log.join()).toContain(
      "The event of 'a.csv' comes again: Error: It exceeded the function timeout.",
    );
  });

  test('does not come again when the host is started again, and what landed meanwhile is told of', async () => {
    host().write('before.csv');
    await host().toldOf('before.csv');
    await host().quiet();
    host().stop();
    host().write('meanwhile.csv');
    host().start();
    await host().toldOf('meanwhile.csv');
    await host().quiet();
    expect(host().paths()).toEqual(['before.csv', 'meanwhile.csv']);
  });

  test('comes again when the host died before the function had answered', async () => {
    let answer: () => void = () => undefined;
    host().handler = () => new Promise<void>((resolve) => (answer = resolve));
    host().write('a.csv');
    await host().toldOf('a.csv');
    host().stop();
    answer();
    host().handler = () => undefined;
    host().start();
    await host().toldOf('a.csv', 2);
  });

  test('goes to 16 calls at one time at most', async () => {
    let running = 0;
    let most = 0;
    const waiting: (() => void)[] = [];
    host().handler = async () => {
      most = Math.max(most, ++running);
      await new Promise<void>((resolve) => waiting.push(resolve));
      running -= 1;
    };
    for (let i = 0; i < 40; i++) host().write(`${i}.csv`);
    await until(() => {
      if (waiting.length >= 16 || host().told.length > 32) for (const resolve of waiting.splice(0)) resolve();
      return host().told.length === 40;
    }, Boolean);
    for (const resolve of waiting.splice(0)) resolve();
    expect(most).toBe(16);
  });

  test('is forgotten with its file, also where that goes while no host runs', async () => {
    for (const name of ['a.csv', 'b.csv', 'in/c.csv']) host().write(name);
    await until(() => host().told.length === 3, Boolean);
    await host().quiet();
    rmSync(join(host().landing, 'a.csv'));
    await until(() => host().remembered().join() === 'b.csv,in/c.csv', Boolean);
    host().stop();
    rmSync(join(host().landing, 'in'), { recursive: true });
    host().start();
    await until(() => host().remembered().join() === 'b.csv', Boolean);
  });
});
