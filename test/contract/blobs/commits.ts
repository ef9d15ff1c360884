import { randomBytes } from 'node:crypto';
import type { BlobStore, PartList, StagedPart } from '../../../shared/stores/blobStore';
import type { BlobPlace } from '../blobStoreContract';
import { expectCode, outcomesOf } from '../outcomes';
import { bytesOf, namesIn, stagePart, textOf } from './contents';

export function describeCommits(place: () => BlobPlace): void {
  describe('commits', () => {
    const stageAll = (store: BlobStore, contents: readonly string[]): Promise<StagedPart[]> =>
      Promise.all(contents.map((content, n) => stagePart(store, `parts/${n}`, content)));
    const own = { job: 'ab12', digest: 'sha256:00' };
    const foreign = { job: 'cd34', digest: 'sha256:00' };

    test('parts come one behind the other, in the order given, and stay', async () => {
      const { store } = place();
      const [a, b, c] = await stageAll(store, ['one\n', 'two\n', 'three\n']);
      const parts = [c, a, b, a].filter((part) => part !== undefined);
      const { etag } = await store.commit('out/predictions.csv', parts, own);
      expect(await textOf(store, 'out/predictions.csv')).toBe('three\none\ntwo\none\n');
      expect(await store.stat('out/predictions.csv')).toMatchObject({ size: 18, etag, metadata: own });
      expect(await namesIn(store)).toEqual(['out/predictions.csv', 'parts/0', 'parts/1', 'parts/2']);
    });

    test('empty parts leave no trace', async () => {
      const { store } = place();
      const parts = await stageAll(store, ['', 'a', '', '', 'b', '']);
      await store.commit('out', parts, own);
      expect(await textOf(store, 'out')).toBe('ab');
    });

    test('no parts, or only empty ones, make an empty blob', async () => {
      const { store } = place();
      await store.commit('none', [], own);
      await store.commit('empty', await stageAll(store, ['', '']), own);
      expect(await store.stat('none')).toMatchObject({ size: 0, metadata: own });
      expect(await store.stat('empty')).toMatchObject({ size: 0, metadata: own });
    });

    test('more parts than fit into one step come in order, and nothing else is left', async () => {
      const { store } = place();
      const contents = Array.from({ length: 150 }, (_, n) => (n % 10 === 0 ? '' : `row ${n}\n`));
      const parts = await stageAll(store, contents);
      await store.commit('out/all.csv', parts, own);
      expect(await textOf(store, 'out/all.csv')).toBe(contents.join(''));
      expect((await namesIn(store)).filter((name) => !name.startsWith('parts/'))).toEqual(['out/all.csv']);
    });

    test('parts that are a list are walked through as often as need be, and give the same file', async () => {
      const { store } = place();
      const contents = Array.from({ length: 20 }, (_, n) => `row ${n}\n`);
      const parts = await stageAll(store, contents);
      const list: PartList = {
        bytes: parts.reduce((sum, { size }) => sum + size, 0),
        async *[Symbol.asyncIterator]() {
          for (const part of parts) yield await Promise.resolve(part);
        },
      };
      const { etag } = await store.commit('out', list, own);
      expect(await textOf(store, 'out')).toBe(contents.join(''));
      expect(await store.commit('out', list, own)).toEqual({ etag });
      expect(await store.commit('out', parts, own)).toEqual({ etag });
    });

    test('large parts and small ones come whole', async () => {
      const { store } = place();
      const contents = [5_000_001, 10, 0, 300_000, 9_000_003, 70_000, 1].map((size) => randomBytes(size));
      const parts: StagedPart[] = [];
      for (const [n, content] of contents.entries())
        parts.push(await stagePart(store, `parts/${n}`, content));
      await store.commit('out', parts, own);
      expect((await bytesOf(store, 'out')).equals(Buffer.concat(contents))).toBe(true);
    });

    test('parts may lie in other stores', async () => {
      const [target, one, two] = [place().store, place().store, place().store];
      const parts = [await stagePart(one, 'a', 'from one\n'), await stagePart(two, 'a', 'from two\n')];
      await target.commit('out', parts, own);
      expect(await textOf(target, 'out')).toBe('from one\nfrom two\n');
    });

    test('a blob that exists is left as it is', async () => {
      const { store } = place();
      const parts = await stageAll(store, ['new']);
      const { etag } = await store.write('out', 'old');
      await expectCode(store.commit('out', parts, own), 'BlobExists');
      expect(await store.stat('out')).toMatchObject({ etag, size: 3, metadata: {} });
      expect(await textOf(store, 'out')).toBe('old');
      expect(await namesIn(store)).toEqual(['out', 'parts/0']);
    });

    test('the same commit again finds itself done', async () => {
      const { store, another } = place();
      const parts = await stageAll(store, ['one', 'two']);
      const first = await store.commit('out', parts, own);
      expect(await store.commit('out', parts, own)).toEqual(first);
      expect(await (await another()).commit('out', parts, own)).toEqual(first);
    });

    test('it finds itself done also when its parts are gone', async () => {
      const { store } = place();
      const parts = await stageAll(store, ['one']);
      const first = await store.commit('out', parts, own);
      await store.removeAll('parts/');
      expect(await store.commit('out', parts, own)).toEqual(first);
    });

    test('a commit with other metadata, another size or none is another commit', async () => {
      const { store } = place();
      const parts = await stageAll(store, ['one', 'two']);
      const { etag } = await store.commit('out', parts, own);
      await expectCode(store.commit('out', parts, foreign), 'BlobExists');
      await expectCode(store.commit('out', parts, { ...own, more: 'x' }), 'BlobExists');
      await expectCode(store.commit('out', parts, { job: own.job }), 'BlobExists');
      await expectCode(store.commit('out', parts, {}), 'BlobExists');
      await expectCode(store.commit('out', parts.slice(1), own), 'BlobExists');
      expect((await store.stat('out'))?.etag).toBe(etag);
    });

    test('without metadata nothing is recognised', async () => {
      const { store } = place();
      await store.commit('out', [], {});
      await expectCode(store.commit('out', [], {}), 'BlobExists');
    });

    test('of two commits at once one wins, and the other learns it', async () => {
      const { store, another } = place();
      const other = await another();
      for (let round = 0; round < 5; round += 1) {
        const mine = await stageAll(store, ['mine\n', `${round}\n`]);
        const theirs = [await stagePart(store, 'theirs', 'theirs\n')];
        const attempts = [
          store.commit(`out/${round}`, mine, own),
          other.commit(`out/${round}`, theirs, foreign),
        ];
        expect(await outcomesOf(attempts)).toEqual(['BlobExists', 'won']);
        const job = (await store.stat(`out/${round}`))?.metadata['job'];
        const expected = job === own.job ? `mine\n${round}\n` : 'theirs\n';
        expect(await textOf(store, `out/${round}`)).toBe(expected);
      }
    });

    test('of the same commit by several at once all succeed', async () => {
      const { store, another } = place();
      const stores = [store, await another(), store];
      const parts = await stageAll(store, ['one\n', 'two\n', 'three\n']);
      const etags = await Promise.all(stores.map((each) => each.commit('out', parts, own)));
      expect(new Set(etags.map((each) => each.etag)).size).toBe(1);
      expect(await textOf(store, 'out')).toBe('one\ntwo\nthree\n');
    });

    test('a part that is gone is named, and nothing appears', async () => {
      const { store } = place();
      const [part] = await stageAll(store, ['one']);
      const gone = [part, { store, name: 'parts/gone', size: 5 }].filter((each) => each !== undefined);
      const error: unknown = await store.commit('out', gone, own).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: 'BlobNotFound' });
      expect(String(error)).toContain("'parts/gone'");
      expect(await store.stat('out')).toBeUndefined();
    });

    test.each([
      ['shorter', 10],
      ['longer', 2],
      ['longer than nothing', 0],
    ])('a part that is %s than it was said to be is named, and nothing appears', async (_case, size) => {
      const { store } = place();
      await stagePart(store, 'parts/changed', '12345');
      const whole = await stagePart(store, 'parts/whole', 'x');
      const parts = [whole, { store, name: 'parts/changed', size }];
      const error: unknown = await store.commit('out', parts, own).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: 'PartChanged' });
      expect(String(error)).toContain("'parts/changed'");
      expect(await store.stat('out')).toBeUndefined();
      expect(await namesIn(store, 'out')).toEqual([]);
    });

    test('what was committed is there after closing and opening again', async () => {
      const { store, reopen } = place();
      const parts = await stageAll(store, ['one', 'two']);
      const { etag } = await store.commit('out', parts, own);
      const again = await reopen();
      expect(await again.stat('out')).toMatchObject({ etag, metadata: own });
      expect(await textOf(again, 'out')).toBe('onetwo');
    });
  });
}
