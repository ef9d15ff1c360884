import type { RowChange } from '../../../shared/stores/tableStore';
import { errorOf, outcomesOf } from '../outcomes';
import type { RowPlace } from './rowPlace';

export function describeManyAtOnce(place: () => RowPlace): void {
  describe('many at once', () => {
    test('of many that insert one row, one wins', async () => {
      const rows = place();
      const winners = await countWinners(16, (n) => rows.commit({ kind: 'insert', row: 'a', value: { n } }));
      expect(winners).toBe(1);
    });

    test('of many that replace one version, one wins', async () => {
      const rows = place();
      const etag = String((await rows.commit({ kind: 'insert', row: 'a', value: { n: -1 } }))[0]);
      const winners = await countWinners(16, (n) =>
        rows.commit({ kind: 'replace', row: 'a', value: { n }, etag }),
      );
      expect(winners).toBe(1);
    });

    test('counting up by reading and replacing loses no count', async () => {
      const rows = place();
      await rows.commit({ kind: 'insert', row: 'a', value: { n: 0 } });
      const countUp = async (): Promise<void> => {
        const found = await rows.get<{ n: number }>('a');
        const value = { n: Number(found?.value.n) + 1 };
        await rows.commit({ kind: 'replace', row: 'a', value, etag: String(found?.etag) }).catch(countUp);
      };
      await Promise.all(Array.from({ length: 8 }, countUp));
      expect(await rows.value('a')).toEqual({ n: 8 });
    });

    test('of many groups, each is made whole or not at all, whatever becomes of the others', async () => {
      const rows = place();
      await rows.commit({ kind: 'insert', row: 'taken', value: { n: -1 } });
      const group = (n: number): RowChange[] => [
        { kind: 'insert', row: `first-${n}`, value: { n } },
        { kind: 'put', row: 'latest', value: { n } },
        { kind: 'insert', row: n % 3 === 0 ? 'taken' : `last-${n}`, value: { n } },
      ];
      const errors = await Promise.all(Array.from({ length: 150 }, (_, n) => errorOf(rows.commit(group(n)))));
      for (const error of errors)
        if (error !== undefined) expect(error).toMatchObject({ code: 'RowConflict' });
      const made = errors.flatMap((error, n) => (error === undefined ? [n] : []));
      expect(made).toEqual(Array.from({ length: 150 }, (_, n) => n).filter((n) => n % 3 !== 0));
      const expected = made.flatMap((n) => [`first-${n}`, `last-${n}`]);
      expect((await rows.keys()).sort()).toEqual([...expected, 'latest', 'taken'].sort());
      expect(made).toContainEqual((await rows.get<{ n: number }>('latest'))?.value.n);
    });

    test('readers see a group whole or not at all', async () => {
      const rows = place();
      const pair = (n: number): RowChange[] => ['a', 'b'].map((row) => ({ kind: 'put', row, value: { n } }));
      await rows.commit(pair(0));
      let isWriting = true;
      const writing = (async () => {
        for (let n = 1; n <= 25; n += 1) await rows.commit(pair(n));
      })().finally(() => (isWriting = false));
      while (isWriting) {
        const [a, b] = await rows.all();
        expect(a?.value.n).toBe(b?.value.n);
      }
      await writing;
    });
  });
}

async function countWinners(count: number, attempt: (n: number) => Promise<unknown>): Promise<number> {
  const outcomes = await outcomesOf(Array.from({ length: count }, (_, n) => attempt(n)));
  expect(new Set(outcomes)).toEqual(new Set(['RowConflict', 'won']));
  return outcomes.filter((outcome) => outcome === 'won').length;
}
