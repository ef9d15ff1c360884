import { randomBytes } from 'node:crypto';
import { BlobServiceClient } from '@azure/storage-blob';
import type { Fault, SeenRequest } from '../../support/faultyProxy';
import { firstOf } from '../../support/faultyProxy';
import { bytesOf, stagePart, textOf } from '../blobs/contents';
import { fresh } from '../openedStores';
import { errorOf, expectCode, gather } from '../outcomes';
import { azureFixture } from './azureFixture';

const isRead = ({ method, url }: SeenRequest): boolean => method === 'GET' && !url.includes('comp=');
const isListOfBlocks = ({ method, url }: SeenRequest): boolean =>
  method === 'PUT' && url.includes('comp=blocklist');
const isPut = ({ method }: SeenRequest): boolean => method === 'PUT';
/** Long enough for what goes well, on a busy machine too; what is stalled waits for it. */
const shortLimit = 1500;
const lost: Fault = { kind: 'loseAnswer' };
const forbidden: Fault = { kind: 'answer', status: 403, code: 'AuthorizationPermissionMismatch' };
const busy: Fault = { kind: 'answer', status: 503, code: 'ServerBusy' };

describe('blobs in Azure, when something goes wrong', () => {
  const fixture = azureFixture();
  const metadata = { job: 'ab12' };

  test('a commit whose answer was lost is a success', async () => {
    const { open, blobProxy } = fixture();
    const store = (await open()).container(fresh('faults'));
    const parts = [await stagePart(store, 'a', 'one\n'), await stagePart(store, 'b', 'two\n')];
    blobProxy.fail(firstOf(1, isListOfBlocks, lost));
    const { etag } = await store.commit('out', parts, metadata);
    expect(await store.stat('out')).toMatchObject({ etag, metadata });
    expect(await textOf(store, 'out')).toBe('one\ntwo\n');
  });

  test('a commit of which every answer was lost is a success', async () => {
    const { open, blobProxy } = fixture();
    const store = (await open()).container(fresh('faults'));
    const parts = [await stagePart(store, 'a', 'one\n')];
    blobProxy.fail((request) => (isListOfBlocks(request) ? lost : undefined));
    await store.commit('out', parts, metadata);
    expect(await textOf(store, 'out')).toBe('one\n');
  });

  test('an empty commit whose answer was lost is a success', async () => {
    const { open, blobProxy } = fixture();
    const store = (await open()).container(fresh('faults'));
    await store.stat('out');
    blobProxy.fail(firstOf(1, isPut, lost));
    await store.commit('out', [], metadata);
    expect((await store.stat('out'))?.metadata).toEqual(metadata);
  });

  test.each([
    ['another commit', { job: 'cd34' }, 'theirs\n'],
    ['the same commit by another process', metadata, 'mine\n'],
  ])('%s that overtakes a commit decides what it answers', async (_who, theirMetadata, content) => {
    const { open, blobProxy } = fixture();
    const name = fresh('faults');
    const store = (await open()).container(name);
    const rival = (await open()).container(name);
    const mine = [await stagePart(store, 'mine', 'mine\n')];
    const theirs = [await stagePart(store, 'theirs', content)];
    const overtake = (): Promise<unknown> => rival.commit('out', theirs, theirMetadata);
    blobProxy.fail(firstOf(1, isListOfBlocks, { kind: 'delay', until: overtake }));
    const outcome = await store.commit('out', mine, metadata).catch((error: { code: string }) => error.code);
    const { etag } = (await store.stat('out')) ?? {};
    expect(outcome).toEqual(theirMetadata === metadata ? { etag } : 'BlobExists');
    expect(await textOf(store, 'out')).toBe(content);
  });

  test('an upload that is overtaken by another of the same name is made again', async () => {
    const { open, blobProxy } = fixture();
    const name = fresh('faults');
    const store = (await open({ sentBlockBytes: 1000 })).container(name);
    const overtake = (): Promise<unknown> => store.write('a', 'theirs');
    await store.stat('a');
    blobProxy.fail(firstOf(1, isListOfBlocks, { kind: 'delay', until: overtake }));
    await stagePart(store, 'a', 'x'.repeat(2500));
    expect(await textOf(store, 'a')).toBe('x'.repeat(2500));
  });

  test('a commit loses nothing to a service that is busy now and then', async () => {
    const { open, blobProxy } = fixture();
    const store = (await open({ tries: 6 })).container(fresh('faults'));
    const parts = await Promise.all(
      Array.from({ length: 12 }, (_, n) => stagePart(store, `p/${n}`, `${n}\n`)),
    );
    let count = 0;
    blobProxy.fail(() => ((count += 1) % 3 === 0 ? (count % 2 === 0 ? busy : lost) : undefined));
    await store.commit('out', parts, metadata);
    blobProxy.fail();
    expect(await textOf(store, 'out')).toBe(parts.map((_, n) => `${n}\n`).join(''));
  });

  test('a create-only write whose answer was lost may say the blob exists, and then it is the own one', async () => {
    const { open, blobProxy } = fixture();
    const store = (await open()).container(fresh('faults'));
    await store.stat('a');
    blobProxy.fail(firstOf(1, isPut, lost));
    await expectCode(store.write('a', 'mine', { mustNotExist: true }), 'BlobExists');
    expect(await textOf(store, 'a')).toBe('mine');
  });

  test('a plain write and a stage whose answers were lost are done', async () => {
    const { open, blobProxy } = fixture();
    const store = (await open({ sentBlockBytes: 1000 })).container(fresh('faults'));
    await store.stat('a');
    blobProxy.fail(firstOf(1, isPut, lost));
    await store.write('a', 'mine');
    blobProxy.fail(firstOf(1, isListOfBlocks, lost));
    const outcome = await errorOf(stagePart(store, 'b', 'x'.repeat(2500)));
    expect(outcome).toBeUndefined();
    expect(await textOf(store, 'b')).toBe('x'.repeat(2500));
  });

  test.each([
    ['reset', 3, { kind: 'cutBody', after: 70_000 }],
    ['silent', 1, { kind: 'stall', after: 70_000 }],
  ] as const)('a read goes on where the connection was %s', async (_how, times, fault) => {
    const { open, blobProxy } = fixture();
    const store = (await open({ callLimit: shortLimit })).container(fresh('faults'));
    const content = randomBytes(300_000);
    await stagePart(store, 'a', content);
    blobProxy.fail(firstOf(times, isRead, fault));
    expect((await bytesOf(store, 'a')).equals(content)).toBe(true);
    expect(blobProxy.seen.filter(isRead).length).toBeGreaterThan(times);
  });

  test('a listing goes on where an answer broke off, and a stage where none came', async () => {
    const { open, blobProxy } = fixture();
    const store = (await open({ callLimit: 2_000 })).container(fresh('faults'));
    await store.stat('a');
    blobProxy.fail(firstOf(1, isPut, { kind: 'stall' }));
    await stagePart(store, 'a', 'one\n');
    blobProxy.fail(firstOf(2, ({ url }) => url.includes('comp=list'), { kind: 'cutBody', after: 90 }));
    const pages = await gather(store.list(''));
    expect(pages.flat().map(({ name }) => name)).toEqual(['a']);
  });

  test('whether a blob could be written is found out without one to be seen', async () => {
    const { open, blobProxy } = fixture();
    const store = (await open()).container(fresh('faults'));
    await store.tryWriting?.('folder/a');
    expect(await store.stat('folder/a')).toBeUndefined();
    expect(await gather(store.list(''))).toEqual([]);
    blobProxy.fail((request) => (isPut(request) ? forbidden : undefined));
    await expectCode(Promise.resolve(store.tryWriting?.('folder/a')), 'StoreForbidden');
  });

  test('a read of a blob that is replaced in the middle says so', async () => {
    const { open, blobProxy } = fixture();
    const store = (await open()).container(fresh('faults'));
    await stagePart(store, 'a', randomBytes(300_000));
    blobProxy.fail(firstOf(1, isRead, { kind: 'cutBody', after: 70_000 }));
    const stream = await store.read('a');
    await store.write('a', 'another');
    await expectCode(stream.toArray(), 'BlobChanged');
  });

  test('a read that gets no further fails in the end', async () => {
    const { open, blobProxy } = fixture();
    const store = (await open()).container(fresh('faults'));
    await stagePart(store, 'a', randomBytes(300_000));
    blobProxy.fail((request) => (isRead(request) ? { kind: 'cutBody', after: 0 } : undefined));
    await expectCode(bytesOf(store, 'a'), 'StoreUnavailable');
  });

  test.each([
    [503, 'ServerBusy', 'StoreUnavailable'],
    [500, 'InternalError', 'StoreUnavailable'],
    [429, 'TooManyRequests', 'StoreUnavailable'],
    [409, 'ContainerBeingDeleted', 'StoreUnavailable'],
    [403, 'AuthenticationFailed', 'StoreCredentialsRefused'],
    [403, 'AuthorizationPermissionMismatch', 'StoreForbidden'],
    [404, 'ContainerNotFound', 'StoreMissing'],
    [409, 'SnapshotsPresent', 'StoreRefused'],
  ])('%s %s is reported as %s', async (status, code, expected) => {
    const { open, blobProxy } = fixture();
    const store = (await open()).container(fresh('faults'));
    const part = await stagePart(store, 'a', 'content');
    blobProxy.fail(() => ({ kind: 'answer', status, code }));
    const deeds: readonly (() => Promise<unknown>)[] = [
      () => store.write('a', 'x'),
      () => store.write('b', 'x', { mustNotExist: true }),
      () => store.stat('a'),
      () => store.read('a'),
      () => store.remove('a'),
      () => store.list('')[Symbol.asyncIterator]().next(),
      () => store.commit('out', [part], metadata),
    ];
    for (const deed of deeds) {
      const error = await errorOf(deed());
      expect(error).toMatchObject({ code: expected });
      expect(String(error)).toContain(code);
      expect(String(error)).toContain(store.url);
    }
  });

  test('a service that never answers is given up', async () => {
    const { open, blobProxy } = fixture();
    const store = (await open({ callLimit: shortLimit })).container(fresh('faults'));
    await store.write('a', 'x');
    blobProxy.fail(() => ({ kind: 'stall' }));
    const error = await errorOf(store.stat('a'));
    expect(error).toMatchObject({ code: 'StoreUnavailable' });
    expect(String(error)).toContain('no answer within 1.5 s');
  });

  test('a container that was deleted while open is reported as missing', async () => {
    const { open, connectionString } = fixture();
    const name = fresh('faults');
    const store = (await open()).container(name);
    await store.write('a', 'x');
    await BlobServiceClient.fromConnectionString(connectionString).deleteContainer(name);
    await expectCode(store.write('a', 'x'), 'StoreMissing');
    await expectCode(store.stat('a'), 'StoreMissing');
  });
});
