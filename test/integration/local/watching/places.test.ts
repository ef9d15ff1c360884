import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { until } from '../../../../bench/product/until';
import { useWatchingHost } from '../../../support/watchingHost';

describe('A folder', () => {
  const host = useWatchingHost();

  test('may be made later, removed and made again', async () => {
    rmSync(host().landing, { recursive: true });
    await host().quiet();
    host().write('first.csv');
    await host().toldOf('first.csv');
    rmSync(host().landing, { recursive: true });
    host().write('second.csv');
    await host().toldOf('second.csv');
  });

  test('is watched when the app writes it to the list, and no longer when it is taken out', async () => {
    const other = join(host().state, 'other');
    mkdirSync(other);
    writeFileSync(join(other, 'a.csv'), 'there already');
    host().write('before.csv');
    await host().toldOf('before.csv');
    host().watch({ id: 'other', folder: other, settleMilliseconds: 0 });
    await host().toldOf('a.csv');
    host().write('unwatched.csv');
    writeFileSync(join(other, 'b.csv'), 'new');
    await host().toldOf('b.csv');
    expect(host().paths()).toEqual(['before.csv', 'a.csv', 'b.csv']);
    await until(() => host().remembered().join() === 'a.csv,b.csv', Boolean);
  });

  test('stays watched while the list cannot be used', async () => {
    host().write('a.csv');
    await host().toldOf('a.csv');
    host().watch({ id: 'other', folder: 'relative', settleMilliseconds: 0 });
    await until(() => host().log.length > 0, Boolean);
    expect(host().log[0]).toContain("the 'folder' of the place 'other' is not an absolute path");
    host().write('b.csv');
    await host().toldOf('b.csv');
  });

  test('with thousands of new files at once has each told of once', async () => {
    for (let i = 0; i < 1500; i++) host().write(`many/${i}.csv`);
    await until(() => host().told.length >= 1500, Boolean);
    await host().quiet();
    expect(host().told.length).toBe(1500);
    expect(new Set(host().paths()).size).toBe(1500);
  });
});
