import { insert, type RowPlace } from './rowPlace';

export function describeStretches(place: () => RowPlace): void {
  describe('stretches of keys', () => {
    test('rows come in the order of the codes of their keys', async () => {
      const rows = place();
      const keys = ['b', 'B', 'a', '~', '!', '10', '9', "it's", 'a b', '%41', 'aa', '_', '-'];
      await rows.commit(keys.map((row) => insert(row, { n: 0 })));
      expect(await rows.keys()).toEqual([...keys].sort());
    });

    test('a stretch starts at `from`, ends before `before`, and has at most `limit` rows', async () => {
      const rows = place();
      await rows.commit(['a', 'b', 'b1', 'c', 'd'].map((row) => insert(row, { n: 0 })));
      expect(await rows.keys({ from: 'b' })).toEqual(['b', 'b1', 'c', 'd']);
      expect(await rows.keys({ before: 'c' })).toEqual(['a', 'b', 'b1']);
      expect(await rows.keys({ from: 'b', before: 'c' })).toEqual(['b', 'b1']);
      expect(await rows.keys({ from: 'b0', before: 'z', limit: 2 })).toEqual(['b1', 'c']);
      expect(await rows.keys({ from: '', before: 'a~' })).toEqual(['a']);
      expect(await rows.keys({ from: 'c', before: 'c' })).toEqual([]);
      expect(await rows.keys({ limit: 0 })).toEqual([]);
    });

    test('quotes in a bound are part of the key', async () => {
      const rows = place();
      await rows.commit([insert("it's", { n: 0 }), insert("it's' or 'a", { n: 0 })]);
      expect(await rows.keys({ from: "it's", before: "it's'" })).toEqual(["it's"]);
    });

    test('a stretch of more than a page comes whole and in order', async () => {
      const rows = place();
      const keys = Array.from({ length: 1300 }, (_, n) => String(n).padStart(5, '0'));
      for (let start = 0; start < keys.length; start += 100) {
        await rows.commit(keys.slice(start, start + 100).map((row) => insert(row, { n: 0 })));
      }
      expect(await rows.keys()).toEqual(keys);
      expect(await rows.keys({ limit: 1100 })).toEqual(keys.slice(0, 1100));
    });

    test('a reader may stop early', async () => {
      const rows = place();
      await rows.commit(['a', 'b', 'c'].map((row) => insert(row, { n: 0 })));
      for await (const { row } of rows.query()) {
        expect(row).toBe('a');
        break;
      }
      expect(await rows.keys()).toEqual(['a', 'b', 'c']);
    });

    test('a partition without rows has none', async () => {
      const rows = place();
      expect(await rows.keys()).toEqual([]);
    });
  });
}
