import { fresh } from '../openedStores';
import { expectCode } from '../outcomes';
import { insert, type RowPlace } from './rowPlace';

export function describeSeveralPartitions(place: () => RowPlace): void {
  describe('one key in several partitions', () => {
    test('its rows come in the order that was asked for, as each is read alone', async () => {
      const { tables } = place();
      const partitions = ['c', 'a', 'b'].map((name) => fresh(name));
      for (const [n, partition] of partitions.entries())
        await tables.commit(partition, [insert('it', { n, text: 'ä😀"\\' }), insert('other', { n: -1 })]);
      const found = await tables.getOfEach(partitions, 'it');
      expect(found).toEqual(await Promise.all(partitions.map((each) => tables.get(each, 'it'))));
      expect(found.map((row) => row?.value)).toMatchObject([{ n: 0 }, { n: 1 }, { n: 2 }]);
    });

    test('a partition without that row has undefined in its place, one that is named twice is there twice', async () => {
      const { tables, partition } = place();
      const other = fresh('other');
      await tables.commit(partition, [insert('it', { n: 1 })]);
      await tables.commit(other, [insert('another', { n: 2 })]);
      const found = await tables.getOfEach([fresh('none'), partition, other, partition], 'it');
      expect(found.map((row) => row?.value)).toEqual([undefined, { n: 1 }, undefined, { n: 1 }]);
      expect(await tables.getOfEach([], 'it')).toEqual([]);
    });

    test('there may be many of them', async () => {
      const { tables } = place();
      const partitions = Array.from({ length: 250 }, (_, n) => fresh(`many-${n}`));
      for (const n of [0, 99, 100, 199, 200, 249])
        await tables.commit(partitions[n] ?? '', [insert('it', { n })]);
      const found = await tables.getOfEach<{ n: number }>(partitions, 'it');
      expect(found).toHaveLength(250);
      expect(found.flatMap((row, at) => (row === undefined ? [] : [[at, row.value.n]]))).toEqual(
        [0, 99, 100, 199, 200, 249].map((n) => [n, n]),
      );
    });

    test.each(["it's", '"quoted"', 'a b', '[1,2]', '{"a":1}', 'null', '1', '%2F'])(
      '%j is a partition like another',
      async (name) => {
        const { tables } = place();
        const partition = `${name}${fresh('p')}`;
        for (const each of [name, partition]) {
          await tables.commit(each, [{ kind: 'put', row: name, value: { each } }]);
        }
        const found = await tables.getOfEach([partition, name], name);
        expect(found.map((row) => row?.value)).toEqual([{ each: partition }, { each: name }]);
      },
    );

    test('a key that cannot be one is refused, of a partition as of the row', async () => {
      const { tables, partition } = place();
      await expectCode(tables.getOfEach([partition, 'a/b'], 'it'), 'RowKeyInvalid');
      await expectCode(tables.getOfEach([partition], 'ä'), 'RowKeyInvalid');
    });
  });
}
