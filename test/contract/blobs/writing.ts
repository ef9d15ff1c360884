import type { BlobPlace } from '../blobStoreContract';
import { expectCode, outcomesOf } from '../outcomes';
import { namesIn, textOf } from './contents';

export function describeWriting(place: () => BlobPlace): void {
  describe('writing', () => {
    test('a blob comes back as it was written', async () => {
      const { store } = place();
      const { etag } = await store.write('a/b.txt', 'täxt\n');
      expect(await textOf(store, 'a/b.txt')).toBe('täxt\n');
      expect(await store.stat('a/b.txt')).toMatchObject({ name: 'a/b.txt', size: 6, etag, metadata: {} });
    });

    test('bytes and an empty content are contents', async () => {
      const { store } = place();
      await store.write('bytes', new Uint8Array([0, 255, 10]));
      await store.write('empty', '');
      expect((await store.stat('bytes'))?.size).toBe(3);
      expect(await textOf(store, 'empty')).toBe('');
    });

    test('a blob that was never written has no details', async () => {
      const { store } = place();
      expect(await store.stat('nothing')).toBeUndefined();
      await store.write('folder/blob', '');
      expect(await store.stat('folder')).toBeUndefined();
      expect(await store.stat('folder/blob/below')).toBeUndefined();
    });

    test('the time of change is that of the write', async () => {
      const { store } = place();
      const before = Date.now();
      await store.write('a', '');
      const modified = (await store.stat('a'))?.modified.getTime() ?? 0;
      expect(Math.abs(modified - before)).toBeLessThan(60_000);
    });

    test('a write replaces what was there, its metadata too, and gives another ETag', async () => {
      const { store } = place();
      const first = await store.write('a', 'one', { metadata: { version: '1', other: 'x' } });
      const second = await store.write('a', 'two', { metadata: { version: '2' } });
      const third = await store.write('a', 'two');
      expect(new Set([first.etag, second.etag, third.etag]).size).toBe(3);
      expect(await store.stat('a')).toMatchObject({ etag: third.etag, metadata: {} });
      expect(await textOf(store, 'a')).toBe('two');
    });

    test('metadata comes back as it was given', async () => {
      const { store } = place();
      const metadata = { job: 'ab12', digest_2: 'sha256-+/=;:"<>\\ ~', long: 'x'.repeat(4000) };
      await store.write('a', '', { metadata });
      expect((await store.stat('a'))?.metadata).toEqual(metadata);
    });

    test.each([
      [{ Upper: 'x' }],
      [{ 'with-hyphen': 'x' }],
      [{ '1st': 'x' }],
      [{ '': 'x' }],
      [{ empty: '' }],
      [{ space: ' x' }],
      [{ line: 'x\ny' }],
      [{ wide: 'ä' }],
      [{ much: 'x'.repeat(8 * 1024) }],
    ])('metadata that would not come back as given is refused: %j', async (metadata) => {
      const { store } = place();
      await expectCode(store.write('a', '', { metadata }), 'BlobMetadataInvalid');
      await expectCode(store.commit('a', [], metadata), 'BlobMetadataInvalid');
      expect(await namesIn(store)).toEqual([]);
    });

    test('what must not exist is not overwritten', async () => {
      const { store } = place();
      const { etag } = await store.write('a', 'one', { mustNotExist: true, metadata: { n: '1' } });
      await expectCode(store.write('a', 'two', { mustNotExist: true, metadata: { n: '2' } }), 'BlobExists');
      expect(await store.stat('a')).toMatchObject({ etag, metadata: { n: '1' } });
      expect(await textOf(store, 'a')).toBe('one');
      await store.remove('a');
      await store.write('a', 'three', { mustNotExist: true });
      expect(await textOf(store, 'a')).toBe('three');
    });

    test('a write for one version is refused for every other', async () => {
      const { store } = place();
      const first = await store.write('a', 'one');
      const second = await store.write('a', 'two', { etag: first.etag });
      await expectCode(store.write('a', 'three', { etag: first.etag }), 'BlobChanged');
      await expectCode(store.write('a', 'three', { etag: '*' }), 'BlobChanged');
      await expectCode(store.write('a', 'three', { etag: '' }), 'BlobChanged');
      await expectCode(store.write('missing', 'three', { etag: second.etag }), 'BlobChanged');
      expect(await textOf(store, 'a')).toBe('two');
      expect(await namesIn(store)).toEqual(['a']);
    });

    test('the ETag of a listing is good for a write', async () => {
      const { store } = place();
      await store.write('a', 'one');
      for await (const [item] of store.list('')) await store.write('a', 'two', { etag: String(item?.etag) });
      expect(await textOf(store, 'a')).toBe('two');
    });

    test('of many that write a new blob, one wins', async () => {
      const { store, another } = place();
      const stores = [store, await another()];
      const attempts = Array.from({ length: 20 }, (_, n) =>
        (stores[n % 2] ?? store).write('a', `from ${n}`, { mustNotExist: true, metadata: { n: `${n}` } }),
      );
      expect(await outcomesOf(attempts)).toEqual([...Array<string>(19).fill('BlobExists'), 'won']);
      const winner = (await store.stat('a'))?.metadata['n'] ?? '';
      expect(await textOf(store, 'a')).toBe(`from ${winner}`);
    });

    test('of many that write one version anew, one wins', async () => {
      const { store, another } = place();
      const stores = [store, await another()];
      const { etag } = await store.write('a', 'first');
      const attempts = Array.from({ length: 20 }, (_, n) =>
        (stores[n % 2] ?? store).write('a', `${n}`, { etag }),
      );
      expect(await outcomesOf(attempts)).toEqual([...Array<string>(19).fill('BlobChanged'), 'won']);
    });

    test('readers see the old content or the new, never a mixture', async () => {
      const { store } = place();
      const contents = ['x'.repeat(300_000), 'y'.repeat(200_000)];
      await store.write('a', contents[0] ?? '');
      let isWriting = true;
      const writing = (async () => {
        for (let n = 1; n <= 20; n += 1) await store.write('a', contents[n % 2] ?? '');
      })().finally(() => (isWriting = false));
      while (isWriting) expect(contents).toContain(await textOf(store, 'a').catch(ignoreChange));
      await writing;

      function ignoreChange(error: unknown): string | undefined {
        // Where a read cannot go on with the version it began with, it says so.
        expect(error).toMatchObject({ code: 'BlobChanged' });
        return contents[0];
      }
    });

    test('what was written is there after closing and opening again', async () => {
      const { store, reopen } = place();
      const { etag } = await store.write('a', 'one', { metadata: { n: '1' } });
      const again = await reopen();
      expect(await again.stat('a')).toMatchObject({ etag, metadata: { n: '1' } });
      expect(await textOf(again, 'a')).toBe('one');
    });
  });
}
