import { failure } from '../../../shared/errors/batchpointError';
import type { BlobPlace } from '../blobStoreContract';
import { expectCode } from '../outcomes';
import { scratchFile } from '../scratchFolder';
import { namesIn, stagePart, textOf } from './contents';

const oddNames = [
  'with space/and  two .txt',
  ' leading and trailing ',
  'quotes"\'`.txt',
  'line\nbreak/tab\tstop',
  '-leading/--dashes',
  'Ünïcödé/日本語/😀.csv',
  'e\u0301 is not \u00e9',
  '%41%2F%00%25',
  'a+b&c=d?e#f;g:h@i!$(),*[]{}|^~<>',
  '...',
  '..a/a..',
  '.hidden',
  'x'.repeat(200),
  Array(5).fill('y'.repeat(204)).join('/'),
];

const badNames = [
  '',
  '/absolute',
  '..',
  '.',
  '../up',
  'a/../../up',
  'a/..',
  'a/./b',
  'a//b',
  'a/',
  'back\\slash',
  '..\\up',
  'nul\u0000',
  'bell\u0007',
  'escape\u001b[0m',
  'half \ud83d pair',
  'z'.repeat(1025),
  '.batchpoint-draft-x',
  'a/.batchpoint-draft-x/b',
];

/** Where blobs are no files, there is no path to refuse. */
function refused(name: string): never {
  throw failure('BlobNameInvalid', { name, reason: 'it has no path' });
}

export function describeNames(place: () => BlobPlace): void {
  describe('names', () => {
    test.each(oddNames)('%j is a name', async (name) => {
      const { store } = place();
      await store.write(name, name);
      expect(await namesIn(store)).toEqual([name]);
      expect(await textOf(store, name)).toBe(name);
      expect((await store.stat(name))?.name).toBe(name);
      await stagePart(store, name, 'staged');
      const copy = `copies/${name.slice(0, 900)}`;
      await store.commit(copy, [{ store, name, size: 6 }], { n: '1' });
      expect(await textOf(store, copy)).toBe('staged');
      await store.remove(name);
      expect(await namesIn(store)).toEqual([copy]);
    });

    test.each(badNames)('%j is none', async (name) => {
      const { store } = place();
      const path = await scratchFile('stays');
      await expectCode(store.write(name, 'x'), 'BlobNameInvalid');
      await expectCode(store.stage(name, path), 'BlobNameInvalid');
      await expectCode(store.commit(name, [], {}), 'BlobNameInvalid');
      await expectCode(store.stat(name), 'BlobNameInvalid');
      await expectCode(store.read(name), 'BlobNameInvalid');
      await expectCode(store.download(name, `${path}-download`), 'BlobNameInvalid');
      await expectCode(store.remove(name), 'BlobNameInvalid');
      const pathOf = (): string => store.localPath?.(name) ?? refused(name);
      expect(pathOf).toThrow(expect.objectContaining({ code: 'BlobNameInvalid' }));
      expect(await namesIn(store)).toEqual([]);
    });

    test('names differ by case and by composition of characters', async () => {
      const { store } = place();
      const names = ['a', 'A', '\u00e9', 'e\u0301'];
      for (const name of names) await store.write(name, name);
      expect(await namesIn(store)).toEqual([...names].sort());
      for (const name of names) expect(await textOf(store, name)).toBe(name);
    });
  });
}
