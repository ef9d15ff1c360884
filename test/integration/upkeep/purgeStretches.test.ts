import { JobIndex } from '../../../shared/jobs/jobIndex';
import type { JobSpec } from '../../../shared/jobs/jobSpec';
import { openLocalStores, type LocalStores } from '../../../shared/stores/local/openLocalStores';
import { purgeInstances } from '../../../shared/upkeep/purgeInstances';
import { makeFolder, removeFolders } from '../../support/hostApp';

const day = 86_400_000;

describe('The purge of instances', () => {
  let stores: LocalStores;
  let index: JobIndex;
  let today: number;
  let asked: [from: string, to: string][];

  beforeEach(async () => {
    stores = await openLocalStores(makeFolder());
    index = new JobIndex(stores.tables);
    today = Date.parse('2026-11-26T12:00:00.000Z');
    asked = [];
  });
  afterEach(async () => {
    await stores.close();
    removeFolders();
  });

  const listed = (createdAt: string): Promise<void> =>
    index.list({ name: 'a', key: 'a'.repeat(32), createdAt, endpoint: 'e', deployment: 'd' } as JobSpec);

  /** A run of it; each stretch takes so many milliseconds. */
  function run(takes = 0, retentionDays: number | undefined = 7): Promise<number> {
    const now = (): Date => new Date(today);
    return purgeInstances({ tables: stores.tables, index, now, retentionDays }, (from, to) => {
      asked.push([from.toISOString(), to.toISOString()]);
      today += takes;
      return Promise.resolve(1);
    });
  }

  test('begins with the day of the first job, and takes a day at once up to the retention time', async () => {
    await listed('2026-11-17T15:00:00.000Z');
    await listed('2026-11-25T15:00:00.000Z');
    expect(await run()).toBe(4);
    expect(asked).toEqual([
      ['2026-11-17T00:00:00.000Z', '2026-11-18T00:00:00.000Z'],
      ['2026-11-18T00:00:00.000Z', '2026-11-19T00:00:00.000Z'],
      ['2026-11-19T00:00:00.000Z', '2026-11-19T12:00:00.000Z'],
      ['1970-01-01T00:00:00.000Z', '2026-11-19T12:00:00.000Z'],
    ]);
  });

  test('goes on where it has ended, and once a day over all that had not been over in time', async () => {
    await listed('2026-11-25T15:00:00.000Z');
    await run();
    expect(asked).toEqual([['1970-01-01T00:00:00.000Z', '2026-11-19T12:00:00.000Z']]);
    today += day / 24;
    await run();
    expect(asked.slice(1)).toEqual([['2026-11-19T12:00:00.000Z', '2026-11-19T13:00:00.000Z']]);
    today += day;
    await run();
    expect(asked.slice(2)).toEqual([
      ['2026-11-19T13:00:00.000Z', '2026-11-20T13:00:00.000Z'],
      ['1970-01-01T00:00:00.000Z', '2026-11-20T13:00:00.000Z'],
    ]);
  });

  test('takes no longer than half a minute at once, and leaves the rest to the next run', async () => {
    await listed('2026-01-01T15:00:00.000Z');
    await run(10_000);
    expect(asked.map(([from]) => from.slice(0, 10))).toEqual(['2026-01-01', '2026-01-02', '2026-01-03']);
    await run(10_000);
    expect(asked.map(([from]) => from.slice(0, 10)).slice(3)).toEqual([
      '2026-01-04',
      '2026-01-05',
      '2026-01-06',
    ]);
  });

  test('goes on at the same stretch after one that failed', async () => {
    await listed('2026-11-18T15:00:00.000Z');
    const context = { tables: stores.tables, index, now: () => new Date(today), retentionDays: 7 };
    const failing = purgeInstances(context, () => Promise.reject(new Error('the extension was away')));
    await expect(failing).rejects.toThrow('the extension was away');
    await run();
    expect(asked[0]).toEqual(['2026-11-18T00:00:00.000Z', '2026-11-19T00:00:00.000Z']);
  });

  test('does nothing where there is no retention time', async () => {
    await listed('2026-01-01T15:00:00.000Z');
    const context = { tables: stores.tables, index, now: () => new Date(today), retentionDays: undefined };
    expect(await purgeInstances(context, () => Promise.reject(new Error('asked')))).toBe(0);
  });
});
