import { fresh, type OpenedStores, patience } from './openedStores';
import { describeGroups } from './rows/groups';
import { describeKeys } from './rows/keys';
import { describeManyAtOnce } from './rows/manyAtOnce';
import { describeOneRow } from './rows/oneRow';
import { RowPlace } from './rows/rowPlace';
import { describeSeveralPartitions } from './rows/severalPartitions';
import { describeStretches } from './rows/stretches';

/** What every `TableStore` keeps to. `open` starts with an empty place. */
export function describeTableStore(driver: string, open: () => Promise<OpenedStores>): void {
  jest.setTimeout(patience);
  describe(`rows in ${driver}`, () => {
    let opened: OpenedStores;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.end());

    const place = (): RowPlace => new RowPlace(opened.stores.tables, fresh('partition'));
    describeOneRow(place);
    describeGroups(place);
    describeManyAtOnce(place);
    describeStretches(place);
    describeKeys(place);
    describeSeveralPartitions(place);

    test('another process sees what was written, and what it writes is seen', async () => {
      const rows = place();
      const other = new RowPlace((await opened.openAnother()).tables, rows.partition);
      const [etag] = await rows.commit({ kind: 'insert', row: 'a', value: { n: 1 } });
      await other.commit({ kind: 'replace', row: 'a', value: { n: 2 }, etag: String(etag) });
      expect(await rows.value('a')).toEqual({ n: 2 });
    });

    test('what was written is there after closing and opening again', async () => {
      const { partition, tables } = place();
      const [etag] = await tables.commit(partition, [{ kind: 'insert', row: 'a', value: { n: 1 } }]);
      await opened.reopen();
      const found = await opened.stores.tables.get(partition, 'a');
      expect(found).toEqual({ row: 'a', etag, value: { n: 1 } });
    });
  });
}
