import type { BlobStore, StagedPart } from '../../../shared/stores/blobStore';
import { markOf, planBlocks, type Block } from '../../../shared/stores/azure/blockPlan';

const store = { url: 'https://acme.example/batchpoint' } as BlobStore;
const part = (name: string, size: number): StagedPart => ({ store, name, size });
const metadata = { job: 'ab12', digest: '00' };

async function blocksOf(
  parts: readonly StagedPart[],
  mark: string,
  bytes: number,
  most = Infinity,
): Promise<(readonly Block[])[]> {
  const groups: (readonly Block[])[] = [];
  for await (const group of planBlocks(parts, mark, () => bytes, most)) groups.push(group);
  return groups;
}

describe('the blocks of a commit', () => {
  test('cover every byte of the parts once, in their order', async () => {
    const parts = [part('a', 5), part('b', 0), part('c', 12), part('d', 6)];
    const blocks = (await blocksOf(parts, 'mark', 6)).flat();
    expect(blocks.map(({ part: { name }, offset, length }) => [name, offset, length])).toEqual([
      ['a', 0, 5],
      ['c', 0, 6],
      ['c', 6, 6],
      ['d', 0, 6],
    ]);
  });

  test('come in groups of which each fits into one blob, with ids that go on', async () => {
    const parts = [part('a', 5), part('c', 12), part('d', 6)];
    const groups = await blocksOf(parts, 'mark', 6, 3);
    expect(groups.map((group) => group.length)).toEqual([3, 1]);
    expect(groups.flat()).toEqual((await blocksOf(parts, 'mark', 6)).flat());
    expect(await blocksOf([part('b', 0)], 'mark', 6, 3)).toEqual([[]]);
  });

  test('have different ids of one length, short enough for the service', async () => {
    const mark = await markOf([part('a', 1)], metadata);
    const ids = (await blocksOf([part('a', 50_000)], mark, 1)).flat().map((block) => block.id);
    expect(new Set(ids).size).toBe(50_000);
    expect(new Set(ids.map((id) => id.length)).size).toBe(1);
    expect(Buffer.from(ids[0] ?? '', 'base64').length).toBeLessThanOrEqual(64);
  });

  test('have the same ids when the same commit is tried again, and others in every other commit', async () => {
    const parts = [part('a', 1), part('b', 2)];
    const mark = await markOf(parts, metadata);
    expect(await markOf([part('a', 1), part('b', 2)], { digest: '00', job: 'ab12' })).toBe(mark);
    const others = await Promise.all([
      markOf(parts, { ...metadata, digest: '01' }),
      markOf([part('b', 2), part('a', 1)], metadata),
      markOf([part('a', 1), part('b', 3)], metadata),
      markOf([part('a', 1)], metadata),
      markOf(
        [{ ...part('a', 1), store: { url: 'https://other.example' } as BlobStore }, part('b', 2)],
        metadata,
      ),
    ]);
    expect(others).not.toContain(mark);
    expect(new Set(others).size).toBe(others.length);
  });
});
