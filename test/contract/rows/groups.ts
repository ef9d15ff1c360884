import type { RowChange } from '../../../shared/stores/tableStore';
import { fresh } from '../openedStores';
import { expectCode } from '../outcomes';
import { expectConflict, insert, type RowPlace } from './rowPlace';

export function describeGroups(place: () => RowPlace): void {
  describe('groups of changes', () => {
    test('an empty group does nothing', async () => {
      const rows = place();
      expect(await rows.commit()).toEqual([]);
    });

    test('all kinds of changes are made together, and the ETags come in their order', async () => {
      const rows = place();
      const [b, c] = await rows.commit(
        { kind: 'insert', row: 'b', value: { n: 1 } },
        { kind: 'insert', row: 'c', value: { n: 1 } },
      );
      const etags = await rows.commit(
        { kind: 'put', row: 'd', value: { n: 4 } },
        { kind: 'remove', row: 'c', etag: String(c) },
        { kind: 'replace', row: 'b', value: { n: 2 }, etag: String(b) },
        { kind: 'insert', row: 'a', value: { n: 3 } },
      );
      const all = await rows.all();
      expect(all.map(({ row, value }) => [row, value.n])).toEqual([
        ['a', 3],
        ['b', 2],
        ['d', 4],
      ]);
      expect(etags).toEqual([all[2]?.etag, '', all[1]?.etag, all[0]?.etag]);
    });

    test('nothing is made where one row is not as its change wants it, and that row is named', async () => {
      const rows = place();
      const [etag] = await rows.commit({ kind: 'insert', row: 'taken', value: { n: 1 } });
      await rows.commit({ kind: 'put', row: 'taken', value: { n: 2 } });
      const stale = { row: 'taken', etag: String(etag) };
      const first: RowChange = { kind: 'insert', row: 'a', value: { n: 1 } };
      const last: RowChange = { kind: 'put', row: 'z', value: { n: 1 } };
      await expectConflict(
        rows.commit(first, { kind: 'insert', row: 'taken', value: { n: 3 } }, last),
        'taken',
      );
      await expectConflict(rows.commit(first, { kind: 'replace', ...stale, value: { n: 3 } }, last), 'taken');
      await expectConflict(rows.commit(first, last, { kind: 'remove', ...stale }), 'taken');
      expect(await rows.keys()).toEqual(['taken']);
    });

    test('several removals in a group each want their own version', async () => {
      const rows = place();
      const writeBoth = (n: number): Promise<readonly string[]> =>
        rows.commit({ kind: 'put', row: 'a', value: { n } }, { kind: 'put', row: 'b', value: { n } });
      const [oldA, oldB] = await writeBoth(1);
      const [newA, newB] = await writeBoth(2);
      const removals = (a: unknown, b: unknown): RowChange[] => [
        { kind: 'remove', row: 'a', etag: String(a) },
        { kind: 'remove', row: 'b', etag: String(b) },
      ];
      await expectConflict(rows.commit(removals(newA, oldB)), 'b');
      await expectConflict(rows.commit(removals(oldA, newB)), 'a');
      await rows.commit(removals(newA, newB));
      expect(await rows.keys()).toEqual([]);
    });

    test('a hundred changes are one group, a hundred and one are too many', async () => {
      const rows = place();
      const inserts = (count: number): RowChange[] =>
        Array.from({ length: count }, (_, n) => ({ kind: 'insert', row: `r${n}`, value: { n } }));
      await expectCode(rows.commit(inserts(101)), 'RowGroupInvalid');
      expect(await rows.commit(inserts(100))).toHaveLength(100);
      expect(await rows.keys()).toHaveLength(100);
    });

    test('a group may have 2 MiB, also of the most awkward characters', async () => {
      const rows = place();
      const quotes = '"'.repeat((2 * 1024 * 1024) / 100 / 2 - 20);
      const awkward = Array.from({ length: 100 }, (_, n) => insert(`q${n}`, { text: quotes }));
      expect(await rows.commit(awkward)).toHaveLength(100);

      const large = Array.from({ length: 4 }, (_, n) =>
        insert(`l${n}`, { text: 'x'.repeat(512 * 1024 - 11) }),
      );
      expect(await rows.commit(large)).toHaveLength(4);
      await expectCode(rows.commit([...large, insert('more', {})]), 'RowGroupInvalid');
    });

    test('no row may be named twice', async () => {
      const rows = place();
      await expectCode(rows.commit(insert('a', {}), { kind: 'put', row: 'a', value: {} }), 'RowGroupInvalid');
      expect(await rows.keys()).toEqual([]);
    });

    test('partitions are apart', async () => {
      const rows = place();
      const other = fresh('partition');
      await rows.commit({ kind: 'insert', row: 'a', value: { n: 1 } });
      await rows.tables.commit(other, [{ kind: 'insert', row: 'a', value: { n: 2 } }]);
      expect((await rows.tables.get(other, 'a'))?.value).toEqual({ n: 2 });
      expect(await rows.keys()).toEqual(['a']);
    });
  });
}
