import { openStores } from '../../../shared/stores/openStores';
import { namesIn } from '../blobs/contents';
import { patience } from '../openedStores';
import { scratchPath } from '../scratchFolder';
import { runProcess } from './childProcess';

jest.setTimeout(patience);

test('of several processes that start together on one new folder, one wins each race', async () => {
  const folder = scratchPath();
  const names = 40;
  const all = await Promise.all(
    Array.from({ length: 4 }, () => runProcess('racingProcess.ts', folder, String(names))),
  );
  expect(all.map((each) => each.errors)).toEqual(['', '', '', '']);
  const won = all.map((each) => JSON.parse(each.output) as Record<string, number>);
  const sum = (kind: string): number => won.reduce((total, each) => total + (each[kind] ?? 0), 0);
  expect([sum('blobs'), sum('rows'), sum('commits')]).toEqual([names, names, names]);

  const stores = await openStores({ kind: 'local', folder });
  expect(await namesIn(stores.blobs)).toHaveLength(2 * names);
  const counter = await stores.tables.get('counter', 'n');
  expect(counter?.value).toEqual({ n: sum('counts') });
  await stores.close();
});
