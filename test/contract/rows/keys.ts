import { fresh } from '../openedStores';
import { expectCode, gather } from '../outcomes';
import { insert, type RowPlace } from './rowPlace';

export function describeKeys(place: () => RowPlace): void {
  describe('keys', () => {
    test.each(['a/b', 'a\\b', 'a#b', 'a?b', 'ä', 'a\n', '', 'x'.repeat(513)])(
      '%j is refused',
      async (key) => {
        const rows = place();
        await expectCode(rows.commit([insert(key, {})]), 'RowKeyInvalid');
        await expectCode(rows.tables.commit(key, [insert('a', {})]), 'RowKeyInvalid');
        await expectCode(rows.get(key), 'RowKeyInvalid');
        await expectCode(rows.tables.get(key, 'a'), 'RowKeyInvalid');
        await expectCode(gather(rows.tables.query(key)), 'RowKeyInvalid');
      },
    );

    test.each(['x'.repeat(512), 'a b', '%2F', "'", '"', '&<>', '!$()*+,-.:;=@[]^_`{|}~'])(
      '%j is a key',
      async (key) => {
        const rows = place();
        await rows.tables.commit(key.slice(0, 400) + fresh('p'), [insert(key, { n: 1 })]);
        await rows.commit({ kind: 'put', row: key, value: { n: 2 } });
        expect(await rows.value(key)).toEqual({ n: 2 });
        expect(await rows.keys()).toEqual([key]);
      },
    );
  });
}
