import { randomBytes } from 'node:crypto';
import { BlobServiceClient } from '@azure/storage-blob';
import type { BlobStore, StagedPart } from '../../../shared/stores/blobStore';
import { openStores } from '../../../shared/stores/openStores';
import type { SeenRequest } from '../../support/faultyProxy';
import { bytesOf, stagePart, textOf } from '../blobs/contents';
import { fresh } from '../openedStores';
import { errorOf, expectCode, gather } from '../outcomes';
import { scratchPath } from '../scratchFolder';
import { azureFixture } from './azureFixture';

describe('a commit in Azure', () => {
  const fixture = azureFixture();
  const metadata = { job: 'ab12', digest: '00' };

  const isCopy = ({ headers }: SeenRequest): boolean => 'x-ms-copy-source' in headers;
  const isSentBlock = (request: SeenRequest): boolean =>
    request.url.includes('comp=block&') && !isCopy(request);
  const stageMany = async (store: BlobStore, count: number): Promise<StagedPart[]> => {
    const parts: StagedPart[] = [];
    for (let n = 0; n < count; n += 1) parts.push(await stagePart(store, `parts/${n}`, `row ${n}\n`));
    return parts;
  };
  const rowsOf = (count: number): string => Array.from({ length: count }, (_, n) => `row ${n}\n`).join('');

  test('lets the service copy: no byte passes through the process', async () => {
    const carried = jest.fn();
    const { open, blobProxy } = fixture();
    const store = (await open({ onBytesCarried: carried, maxBlocks: 8 })).container(fresh('commits'));
    const parts = await stageMany(store, 30);
    blobProxy.forget();
    await store.commit('out', parts, metadata);
    expect(carried).not.toHaveBeenCalled();
    expect(blobProxy.seen.filter(isSentBlock)).toEqual([]);
    expect(
      blobProxy.seen.filter((request) => request.method === 'GET' && !request.url.includes('comp=')),
    ).toEqual([]);
    expect(await textOf(store, 'out')).toBe(rowsOf(30));
  });

  test('asks for the bytes of a part by a URL that reads one blob for some minutes', async () => {
    const { open, blobProxy } = fixture();
    const store = (await open()).container(fresh('commits'));
    const parts = await stageMany(store, 1);
    blobProxy.forget();
    await store.commit('out', parts, metadata);
    const sources = blobProxy.seen
      .filter(isCopy)
      .map(({ headers }) => new URL(String(headers['x-ms-copy-source'])));
    expect(sources).toHaveLength(1);
    expect(sources[0]?.pathname.endsWith('/parts/0')).toBe(true);
    expect(sources[0]?.searchParams.get('sp')).toBe('r');
    expect(sources[0]?.searchParams.get('sr')).toBe('b');
    const ends = Date.parse(String(sources[0]?.searchParams.get('se')));
    expect(ends - Date.now()).toBeLessThan(60 * 60_000);
  });

  test('cuts a part into blocks, all with ids of one length', async () => {
    const { open, blobProxy } = fixture();
    const store = (await open({ copiedBlockBytes: 1000 })).container(fresh('commits'));
    const content = randomBytes(3500);
    const part = await stagePart(store, 'part', content);
    blobProxy.forget();
    await store.commit('out', [part, part], metadata);
    const copies = blobProxy.seen.filter(isCopy);
    const ids = copies.map(({ url }) => new URLSearchParams(url.split('?')[1]).get('blockid') ?? '');
    expect(new Set(ids).size).toBe(8);
    expect(new Set(ids.map((id) => id.length)).size).toBe(1);
    expect(
      copies
        .map(({ headers }) => headers['x-ms-source-range'])
        .sort()
        .slice(0, 2),
    ).toEqual(['bytes=0-999', 'bytes=0-999']);
    expect((await bytesOf(store, 'out')).equals(Buffer.concat([content, content]))).toBe(true);
  });

  test('asks for no block where a part has no bytes', async () => {
    const { open, blobProxy } = fixture();
    const store = (await open()).container(fresh('commits'));
    const parts = [await stagePart(store, 'a', ''), await stagePart(store, 'b', 'x')];
    blobProxy.forget();
    await store.commit('out', parts, metadata);
    expect(blobProxy.seen.filter(isCopy)).toHaveLength(1);
  });

  test('in several steps removes what lay between', async () => {
    const { open, connectionString } = fixture();
    const name = fresh('commits');
    const store = (await open({ maxBlocks: 3 })).container(name);
    const parts = await stageMany(store, 20);
    await store.commit('deep/out', parts, metadata);
    expect(await textOf(store, 'deep/out')).toBe(rowsOf(20));
    expect(await allNames(connectionString, name)).toEqual(
      ['deep/out', ...parts.map((part) => part.name)].sort(),
    );
  });

  test('in several steps that fails removes what lay between as well, and shows none of it', async () => {
    const { open, connectionString, blobProxy } = fixture();
    const name = fresh('commits');
    const store = (await open({ maxBlocks: 3 })).container(name);
    const parts = await stageMany(store, 10);
    let listedMeanwhile: unknown[] = [];
    blobProxy.fail((request) => {
      const isLast =
        request.url.includes('comp=blocklist') && request.url.includes('/out?') && request.method === 'PUT';
      return isLast ? { kind: 'answer', status: 400, code: 'InvalidInput' } : undefined;
    });
    const listing = new Promise<void>((resolve) => {
      void gather(store.list('')).then((pages) => {
        listedMeanwhile = pages.flat().filter((item) => item.name.includes('draft'));
        resolve();
      });
    });
    await expectCode(store.commit('out', parts, metadata), 'StoreRefused');
    await listing;
    expect(listedMeanwhile).toEqual([]);
    expect(await allNames(connectionString, name)).toEqual(parts.map((part) => part.name).sort());
  });

  test.each([
    ['copies', undefined],
    ['has to be sent the bytes', { kind: 'answer', status: 501, code: 'NotImplemented' } as const],
  ])(
    'in several steps goes on after a death between two of them, with the same bytes, where the service %s',
    async (_case, refusal) => {
      const { open, connectionString, blobProxy } = fixture();
      const name = fresh('commits');
      const limits = { maxBlocks: 3, sentBlockBytes: 1000 };
      const large = randomBytes(2500);
      const parts = await stageMany((await open(limits)).container(name), 12);
      parts.push(await stagePart((await open(limits)).container(name), 'large', large));
      const refused = (request: SeenRequest): typeof refusal => (isCopy(request) ? refusal : undefined);
      // From the last but one segment on nothing gets through any more, not even the clearing up: as of one that died.
      let committed = 0;
      blobProxy.fail((request) => {
        const isCommit = request.method === 'PUT' && request.url.includes('comp=blocklist');
        if (committed > 3 || (isCommit && ++committed > 3))
          return { kind: 'answer', status: 503, code: 'ServerBusy' };
        return refused(request);
      });
      await expectCode(
        (await open(limits)).container(name).commit('out', parts, metadata),
        'StoreUnavailable',
      );
      blobProxy.fail(refused);
      const left = (await allNames(connectionString, name)).filter((each) => each.includes('draft'));
      expect(left.length).toBeGreaterThan(0);
      const store = (await open(limits)).container(name);
      await store.commit('out', parts, metadata);
      expect((await bytesOf(store, 'out')).equals(Buffer.concat([Buffer.from(rowsOf(12)), large]))).toBe(
        true,
      );
      expect(await allNames(connectionString, name)).toEqual(
        ['out', ...parts.map((part) => part.name)].sort(),
      );
    },
  );

  test.each([
    ['has no such operation', 501, 'NotImplemented'],
    ['may not read the part', 403, 'CannotVerifyCopySource'],
  ])('carries the bytes itself where the service %s', async (_case, status, code) => {
    const carried = jest.fn();
    const { open, blobProxy } = fixture();
    const store = (await open({ onBytesCarried: carried, maxBlocks: 8, sentBlockBytes: 1000 })).container(
      fresh('commits'),
    );
    const large = randomBytes(2500);
    const parts = [...(await stageMany(store, 10)), await stagePart(store, 'large', large)];
    blobProxy.fail((request) => (isCopy(request) ? { kind: 'answer', status, code } : undefined));
    await store.commit('out', parts, metadata);
    expect((await bytesOf(store, 'out')).equals(Buffer.concat([Buffer.from(rowsOf(10)), large]))).toBe(true);
    expect(sumOf(carried)).toBeGreaterThanOrEqual(2500 + rowsOf(10).length);
    expect(blobProxy.seen.filter(isSentBlock).every(({ headers }) => 'content-md5' in headers)).toBe(true);
  });

  test('carries only the parts that lie on this machine', async () => {
    const carried = jest.fn();
    const store = (await fixture().open({ onBytesCarried: carried })).container(fresh('commits'));
    const local = await openStores({ kind: 'local', folder: scratchPath() });
    const [near, far] = [
      await stagePart(local.blobs, 'near', 'near\n'),
      await stagePart(store, 'far', 'far\n'),
    ];
    await store.commit('out', [near, far, near], metadata);
    expect(await textOf(store, 'out')).toBe('near\nfar\nnear\n');
    expect(sumOf(carried)).toBe(10);

    await local.blobs.commit('out', [far, near], metadata);
    expect(await textOf(local.blobs, 'out')).toBe('far\nnear\n');
    await local.close();
  });

  test('is refused where the whole would be too large for one blob', async () => {
    const store = (await fixture().open()).container(fresh('commits'));
    const part = { store, name: 'huge', size: 100e12 };
    const error = await errorOf(store.commit('out', [part, part], metadata));
    expect(error).toMatchObject({ code: 'CommitTooLarge' });
  });
});

function sumOf(carried: jest.Mock): number {
  return carried.mock.calls.reduce((sum, [bytes]) => sum + Number(bytes), 0);
}

async function allNames(connectionString: string, container: string): Promise<string[]> {
  const client = BlobServiceClient.fromConnectionString(connectionString).getContainerClient(container);
  return (await gather(client.listBlobsFlat())).map((blob) => blob.name).sort();
}
