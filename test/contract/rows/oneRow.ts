import { expectCode } from '../outcomes';
import { expectConflict, type RowPlace } from './rowPlace';

export function describeOneRow(place: () => RowPlace): void {
  describe('one row', () => {
    test('a row that was never written is undefined', async () => {
      const rows = place();
      expect(await rows.get('nothing')).toBeUndefined();
    });

    test('a row comes back as it was written, with the ETag of its writing', async () => {
      const rows = place();
      const value = { text: 'ä😀"\\\n\u0000', list: [1, null, { deep: true }], none: {}, number: -1.5e300 };
      const [etag] = await rows.commit({ kind: 'insert', row: 'a', value });
      expect(await rows.get('a')).toEqual({ row: 'a', etag, value });
    });

    test('an insert wants no such row, and names the one that is there', async () => {
      const rows = place();
      await rows.commit({ kind: 'insert', row: 'a', value: { n: 1 } });
      await expectConflict(rows.commit({ kind: 'insert', row: 'a', value: { n: 2 } }), 'a');
      expect(await rows.value('a')).toEqual({ n: 1 });
    });

    test('a replace wants the version that was read', async () => {
      const rows = place();
      const [first] = await rows.commit({
        kind: 'insert',
        row: 'a',
        value: { n: 1, gone: 'with the next version' },
      });
      const [second] = await rows.commit({ kind: 'replace', row: 'a', value: { n: 2 }, etag: String(first) });
      expect(second).not.toBe(first);
      await expectConflict(
        rows.commit({ kind: 'replace', row: 'a', value: { n: 3 }, etag: String(first) }),
        'a',
      );
      expect(await rows.get('a')).toEqual({ row: 'a', etag: second, value: { n: 2 } });
    });

    test('a replace of a row that is not there is a conflict', async () => {
      const rows = place();
      const [etag] = await rows.commit({ kind: 'insert', row: 'other', value: { n: 1 } });
      await expectConflict(
        rows.commit({ kind: 'replace', row: 'a', value: { n: 1 }, etag: String(etag) }),
        'a',
      );
    });

    test.each(['', '*', 'of another kind of store', '"0x1"'])('no row ever has the ETag %j', async (etag) => {
      const rows = place();
      await rows.commit({ kind: 'insert', row: 'a', value: { n: 1 } });
      await expectConflict(rows.commit({ kind: 'replace', row: 'a', value: { n: 2 }, etag }), 'a');
      await expectConflict(rows.commit({ kind: 'remove', row: 'a', etag }), 'a');
      expect(await rows.value('a')).toEqual({ n: 1 });
    });

    test('a put takes what comes', async () => {
      const rows = place();
      await rows.commit({ kind: 'put', row: 'a', value: { n: 1, gone: true } });
      await rows.commit({ kind: 'put', row: 'a', value: { n: 2 } });
      expect(await rows.value('a')).toEqual({ n: 2 });
    });

    test('a remove wants the version that was read, and answers no ETag', async () => {
      const rows = place();
      const [first] = await rows.commit({ kind: 'insert', row: 'a', value: { n: 1 } });
      const [second] = await rows.commit({ kind: 'put', row: 'a', value: { n: 2 } });
      await expectConflict(rows.commit({ kind: 'remove', row: 'a', etag: String(first) }), 'a');
      expect(await rows.commit({ kind: 'remove', row: 'a', etag: String(second) })).toEqual(['']);
      expect(await rows.get('a')).toBeUndefined();
      await expectConflict(rows.commit({ kind: 'remove', row: 'a', etag: String(second) }), 'a');
    });

    test('a row that was removed and inserted again has a new ETag', async () => {
      const rows = place();
      const [first] = await rows.commit({ kind: 'insert', row: 'a', value: { n: 1 } });
      await rows.commit({ kind: 'remove', row: 'a', etag: String(first) });
      const [second] = await rows.commit({ kind: 'insert', row: 'a', value: { n: 1 } });
      expect(second).not.toBe(first);
    });

    test('values may have 512 KiB as JSON, whatever their characters, and not one byte more', async () => {
      const rows = place();
      for (const [row, filling] of [
        ['ascii', 'x'],
        ['escaped', '"'],
        ['wide', 'ä'],
        ['wider', '😀'],
      ] as const) {
        const value = { text: '' };
        const each = Buffer.byteLength(JSON.stringify(filling)) - 2;
        const room = 512 * 1024 - Buffer.byteLength(JSON.stringify(value));
        value.text = filling.repeat(Math.floor(room / each)) + 'x'.repeat(room % each);
        await rows.commit({ kind: 'put', row, value });
        expect(await rows.value(row)).toEqual(value);
        await expectCode(rows.commit({ kind: 'put', row, value: { text: `${value.text}x` } }), 'RowTooLarge');
      }
    });

    test('a large value gives way to a small one, and back', async () => {
      const rows = place();
      const values = [{ text: 'x'.repeat(200_000) }, { text: 'y' }, { text: 'z'.repeat(70_000) }];
      for (const value of values) {
        await rows.commit({ kind: 'put', row: 'a', value });
        expect(await rows.value('a')).toEqual(value);
      }
    });
  });
}
