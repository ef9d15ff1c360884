import type { BlobPlace } from '../blobStoreContract';
import { expectCode, gather } from '../outcomes';
import { namesIn } from './contents';

export function describeListing(place: () => BlobPlace): void {
  describe('listing', () => {
    const names = ['a', 'a.b', 'ab/c', 'ab/d/e', 'ab/d2', 'b/a', 'c d/e', '.hidden/f'];

    test('an empty store has no pages', async () => {
      expect(await gather(place().store.list(''))).toEqual([]);
    });

    test('all blobs are listed, in folders or not, each once', async () => {
      const { store } = place();
      for (const name of names) await store.write(name, name);
      expect(await namesIn(store)).toEqual([...names].sort());
    });

    test.each([
      ['a', ['a', 'a.b', 'ab/c', 'ab/d/e', 'ab/d2']],
      ['ab', ['ab/c', 'ab/d/e', 'ab/d2']],
      ['ab/', ['ab/c', 'ab/d/e', 'ab/d2']],
      ['ab/d', ['ab/d/e', 'ab/d2']],
      ['ab/d/', ['ab/d/e']],
      ['ab/d/e', ['ab/d/e']],
      ['a/', []],
      ['none/at/all', []],
      ['c ', ['c d/e']],
      ['.', ['.hidden/f']],
    ])('the prefix %j', async (prefix, expected) => {
      const { store } = place();
      for (const name of names) await store.write(name, name);
      expect(await namesIn(store, prefix)).toEqual(expected);
    });

    test('an item says what the details say', async () => {
      const { store } = place();
      await store.write('a/b', 'content', { metadata: { n: '1' } });
      const [page] = await gather(store.list('a/'));
      const { metadata, ...details } = (await store.stat('a/b')) ?? { metadata: undefined };
      expect(metadata).toEqual({ n: '1' });
      expect(page).toEqual([details]);
    });

    test('pages are at most as large as asked for, and never empty', async () => {
      const { store } = place();
      const all = Array.from({ length: 25 }, (_, n) => `${n % 3}/${n}`);
      for (const name of all) await store.write(name, '');
      const pages = await gather(store.list('', { pageSize: 4 }));
      for (const page of pages) {
        expect(page.length).toBeGreaterThan(0);
        expect(page.length).toBeLessThanOrEqual(4);
      }
      expect(
        pages
          .flat()
          .map((item) => item.name)
          .sort(),
      ).toEqual([...all].sort());
    });

    test('a reader may stop early', async () => {
      const { store } = place();
      for (const name of names) await store.write(name, '');
      for await (const page of store.list('', { pageSize: 1 })) {
        expect(page).toHaveLength(1);
        break;
      }
      expect(await namesIn(store)).toHaveLength(names.length);
    });

    test('blobs that come and go meanwhile do no harm, and those that stay are listed', async () => {
      const { store } = place();
      const staying = Array.from({ length: 30 }, (_, n) => `stay/${n}`);
      for (const name of staying) await store.write(name, '');
      let isWriting = true;
      const writing = (async () => {
        for (let n = 0; n < 30; n += 1) {
          await store.write(`go/${n}/x`, '');
          await store.remove(`go/${n}/x`);
        }
      })().finally(() => (isWriting = false));
      while (isWriting) expect(await namesIn(store)).toEqual(expect.arrayContaining(staying));
      await writing;
    });

    test.each(['/', '../', 'a/../b', 'a//b', 'a\\b', './a', 'a\u0000'])('%j is no prefix', async (prefix) => {
      const { store } = place();
      await expectCode(gather(store.list(prefix)), 'BlobNameInvalid');
      await expectCode(store.removeAll(prefix), 'BlobNameInvalid');
    });
  });
}
