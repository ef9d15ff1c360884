import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { symlink } from 'node:fs/promises';
import type { BlobPlace } from '../blobStoreContract';
import { expectCode } from '../outcomes';
import { scratchFile, scratchFolder, scratchPath } from '../scratchFolder';
import { bytesOf, namesIn, textOf } from './contents';

export function describeStaging(place: () => BlobPlace): void {
  describe('staging', () => {
    test('a file becomes a blob, and is gone', async () => {
      const { store } = place();
      const path = await scratchFile('rows\n');
      expect(await store.stage('jobs/a/parts/0-1.rows', path)).toEqual({ size: 5 });
      expect(await textOf(store, 'jobs/a/parts/0-1.rows')).toBe('rows\n');
      expect(existsSync(path)).toBe(false);
    });

    test('an empty file becomes an empty blob', async () => {
      const { store } = place();
      expect(await store.stage('a', await scratchFile(''))).toEqual({ size: 0 });
      expect((await store.stat('a'))?.size).toBe(0);
    });

    test('what was there is replaced, its metadata too', async () => {
      const { store } = place();
      const { etag } = await store.write('a', 'old', { metadata: { n: '1' } });
      await store.stage('a', await scratchFile('new'));
      const found = await store.stat('a');
      expect(found?.metadata).toEqual({});
      expect(found?.etag).not.toBe(etag);
      expect(await textOf(store, 'a')).toBe('new');
    });

    test('a large file comes whole', async () => {
      const { store } = place();
      const content = randomBytes(9 * 1024 * 1024 + 3);
      await store.stage('a', await scratchFile(content));
      expect((await bytesOf(store, 'a')).equals(content)).toBe(true);
    });

    test('many that stage one name leave one of their contents whole', async () => {
      const { store } = place();
      const contents = Array.from({ length: 4 }, () => randomBytes(4 * 1024 * 1024 + 10));
      await Promise.all(contents.map(async (content) => store.stage('a', await scratchFile(content))));
      const found = await bytesOf(store, 'a');
      expect(contents.filter((content) => content.equals(found))).toHaveLength(1);
    });

    test('what is not a plain file is refused', async () => {
      const { store } = place();
      const link = scratchPath();
      await symlink(await scratchFile('secret'), link);
      await expectCode(store.stage('a', scratchPath()), 'StagedFileInvalid');
      await expectCode(store.stage('a', scratchFolder), 'StagedFileInvalid');
      await expectCode(store.stage('a', link), 'StagedFileInvalid');
      expect(await namesIn(store)).toEqual([]);
    });
  });
}
