import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import type { BlobPlace } from '../blobStoreContract';
import type { BlobStore, ByteRange } from '../../../shared/stores/blobStore';
import { expectCode, gather } from '../outcomes';
import { scratchPath } from '../scratchFolder';
import { bytesOf, stagePart } from './contents';

export function describeReading(place: () => BlobPlace): void {
  describe('reading', () => {
    const read = async (store: BlobStore, range: ByteRange): Promise<string> =>
      Buffer.concat(await gather<Buffer>(await store.read('a', range))).toString();

    test('a blob that is not there fails before a stream is handed out', async () => {
      const { store } = place();
      await expectCode(store.read('nothing'), 'BlobNotFound');
      await expectCode(store.read('nothing', { offset: 0, length: 0 }), 'BlobNotFound');
      await expectCode(store.read('nothing/below'), 'BlobNotFound');
      await store.write('folder/a', '');
      await expectCode(store.read('folder'), 'BlobNotFound');
    });

    test('the error names the blob and the store', async () => {
      const { store } = place();
      const error = await store.read('nothing').catch(String);
      expect(error).toContain("'nothing'");
      expect(error).toContain(store.url);
    });

    test.each([
      [{ offset: 0 }, '0123456789'],
      [{ offset: 3 }, '3456789'],
      [{ offset: 3, length: 4 }, '3456'],
      [{ offset: 0, length: 1 }, '0'],
      [{ offset: 9, length: 1 }, '9'],
      [{ offset: 0, length: 0 }, ''],
      [{ offset: 8, length: 100 }, '89'],
      [{ offset: 10 }, ''],
      [{ offset: 11, length: 5 }, ''],
    ])('of ten digits, %j is %j', async (range, expected) => {
      const { store } = place();
      await store.write('a', '0123456789');
      expect(await read(store, range)).toBe(expected);
    });

    test('an empty blob has an empty stream', async () => {
      const { store } = place();
      await store.write('a', '');
      expect(await read(store, { offset: 0 })).toBe('');
      expect(await read(store, { offset: 0, length: 5 })).toBe('');
    });

    test('a large blob comes whole, and so does a range in it', async () => {
      const { store } = place();
      const content = randomBytes(12 * 1024 * 1024 + 1);
      await stagePart(store, 'a', content);
      expect((await bytesOf(store, 'a')).equals(content)).toBe(true);
      const range = { offset: 3_000_001, length: 6_000_007 };
      const stretch = Buffer.concat(await gather<Buffer>(await store.read('a', range)));
      expect(stretch.equals(content.subarray(range.offset, range.offset + range.length))).toBe(true);
    });

    test('a stream that is given up, begun or not, does no harm', async () => {
      const { store } = place();
      await stagePart(store, 'a', randomBytes(4 * 1024 * 1024));
      const unread = await store.read('a');
      unread.destroy();
      await once(unread, 'close');
      for await (const chunk of await store.read('a')) {
        expect(chunk).toBeInstanceOf(Buffer);
        break;
      }
      expect((await store.stat('a'))?.size).toBe(4 * 1024 * 1024);
    });

    test('a download makes a new file, and never overwrites one', async () => {
      const { store } = place();
      const path = scratchPath();
      await store.write('a', 'content');
      await store.download('a', path);
      expect(await readFile(path, 'utf8')).toBe('content');
      await writeFile(path, 'precious');
      await expectCode(store.download('a', path), 'FileExists');
      expect(await readFile(path, 'utf8')).toBe('precious');
      await rm(path);
      await expectCode(store.download('nothing', path), 'BlobNotFound');
      expect(existsSync(path)).toBe(false);
    });

    test('a blob that lies in a local file can be read in place', async () => {
      const { store } = place();
      await store.write('a b/c.txt', 'content');
      const path = store.localPath?.('a b/c.txt');
      const content = path === undefined ? 'content' : await readFile(path, 'utf8');
      expect(content).toBe('content');
      expect(store.url.startsWith('file:')).toBe(path !== undefined);
    });
  });
}
