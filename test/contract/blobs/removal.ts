import type { BlobPlace } from '../blobStoreContract';
import { namesIn, textOf } from './contents';

export function describeRemoval(place: () => BlobPlace): void {
  describe('removal', () => {
    test('a removed blob is gone, and the others stay', async () => {
      const { store } = place();
      await store.write('a/b', '');
      await store.write('a/c', '');
      await store.remove('a/b');
      expect(await namesIn(store)).toEqual(['a/c']);
      expect(await store.stat('a/b')).toBeUndefined();
    });

    test('removing what is not there is no error', async () => {
      const { store } = place();
      await store.remove('nothing');
      await store.remove('no/such/folder');
      await store.write('folder/a', '');
      await store.remove('folder');
      expect(await namesIn(store)).toEqual(['folder/a']);
    });

    test('everything under a prefix is removed, and nothing else', async () => {
      const { store } = place();
      const names = ['jobs/a/1', 'jobs/a/parts/2', 'jobs/ab/3', 'jobs/b/4', 'jobsx'];
      for (const name of names) await store.write(name, '');
      await store.removeAll('jobs/a/');
      expect(await namesIn(store)).toEqual(['jobs/ab/3', 'jobs/b/4', 'jobsx']);
      await store.removeAll('jobs/a');
      expect(await namesIn(store)).toEqual(['jobs/b/4', 'jobsx']);
      await store.removeAll('none/such');
      await store.removeAll('');
      expect(await namesIn(store)).toEqual([]);
    });

    test('the name of a removed folder is free for a blob', async () => {
      const { store } = place();
      await store.write('a/b/c', '');
      await store.remove('a/b/c');
      await store.write('a', 'now a blob');
      await store.remove('a');
      await store.write('a/b', 'now a folder');
      expect(await textOf(store, 'a/b')).toBe('now a folder');
    });

    test('writing into folders that are emptied meanwhile fails nobody', async () => {
      const { store } = place();
      const writeAndRemove = async (n: number): Promise<void> => {
        for (let round = 0; round < 10; round += 1) {
          await store.write(`deep/down/${n}`, 'x');
          await store.remove(`deep/down/${n}`);
        }
      };
      await Promise.all(Array.from({ length: 6 }, (_, n) => writeAndRemove(n)));
      expect(await namesIn(store)).toEqual([]);
    });

    test('many blobs go at once', async () => {
      const { store } = place();
      const names = Array.from({ length: 150 }, (_, n) => `many/${n % 7}/${n}`);
      await Promise.all(names.map((name) => store.write(name, '')));
      await store.removeAll('many');
      expect(await namesIn(store)).toEqual([]);
    });
  });
}
