import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { appendFile, mkdir, readFile, rename, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gather, expectCode } from '../outcomes';
import { bytesOf, namesIn, stagePart, textOf } from '../blobs/contents';
import { scratchFile } from '../scratchFolder';
import { localFixture } from './localFixture';

describe('blobs as files', () => {
  const fixture = localFixture();

  test('lie under the state folder by their container and their own names', async () => {
    const { state, stores, blobs } = fixture();
    await blobs.write('jobs/a b/Ü.txt', 'content');
    await stores.container('workspaceblobstore').write('data/x', 'y');
    expect(await readFile(join(state, 'blobs/batchpoint/jobs/a b/Ü.txt'), 'utf8')).toBe('content');
    expect(await readFile(join(state, 'blobs/workspaceblobstore/data/x'), 'utf8')).toBe('y');
    expect(existsSync(join(state, 'tables.db'))).toBe(true);
  });

  test('a file that was put there by hand is a blob without metadata', async () => {
    const { user, userFolder } = fixture();
    await mkdir(join(userFolder, 'deep'));
    await writeFile(join(userFolder, 'deep/by hand'), 'content');
    expect(await namesIn(user)).toEqual(['deep/by hand']);
    expect(await user.stat('deep/by hand')).toMatchObject({ size: 7, metadata: {} });
    expect(await textOf(user, 'deep/by hand')).toBe('content');
  });

  test.each([
    ['put in its place', (path: string) => scratchFile('content').then((other) => rename(other, path))],
    ['written over it', (path: string) => writeFile(path, 'content')],
    ['appended to it', (path: string) => appendFile(path, '!')],
    ['only touched', (path: string) => utimes(path, new Date(), new Date())],
  ])('by hand %s, a blob loses its metadata and gets another ETag', async (_how, change) => {
    const { blobs, root } = fixture();
    const { etag } = await blobs.write('a', 'content', { metadata: { n: '1' } });
    await change(join(root, 'a'));
    const found = await blobs.stat('a');
    expect(found?.metadata).toEqual({});
    expect(found?.etag).not.toBe(etag);
    await expectCode(blobs.write('a', 'mine', { etag }), 'BlobChanged');
  });

  test('a file that was moved within the store keeps its metadata', async () => {
    const { blobs, root } = fixture();
    await blobs.write('a', 'content', { metadata: { n: '1' } });
    await rename(join(root, 'a'), join(root, 'b'));
    expect((await blobs.stat('b'))?.metadata).toEqual({ n: '1' });
  });

  test('no version of a blob looks like another, however fast they follow', async () => {
    const { blobs } = fixture();
    const etags = new Set<string>();
    for (let n = 0; n < 300; n += 1) etags.add((await blobs.write('a', 'same size')).etag);
    for (let n = 0; n < 100; n += 1) {
      await blobs.remove('a');
      etags.add((await blobs.write('a', 'same size', { mustNotExist: true })).etag);
    }
    expect(etags.size).toBe(400);
  });

  test('a blob in the way of a folder, and a folder in the way of a blob, are said to be', async () => {
    const { blobs } = fixture();
    await blobs.write('a', 'blob');
    await blobs.write('folder/b', 'blob');
    await expectCode(blobs.write('a/below', ''), 'BlobNameInvalid');
    await expectCode(blobs.stage('a/below', await scratchFile('')), 'BlobNameInvalid');
    await expectCode(blobs.write('folder', ''), 'BlobNameInvalid');
    await expectCode(blobs.commit('folder', [], { n: '1' }), 'BlobNameInvalid');
    await expect(blobs.write('folder', '', { mustNotExist: true })).rejects.toThrow('a folder of that name');
    expect(await namesIn(blobs)).toEqual(['a', 'folder/b']);
  });

  test('a segment longer than the file system takes is refused as a name', async () => {
    await expectCode(fixture().blobs.write('x'.repeat(300), ''), 'BlobNameInvalid');
  });

  test('a folder of more files than fit into a page of the file system is listed whole', async () => {
    const { user, userFolder } = fixture();
    const names = Array.from({ length: 2000 }, (_, n) => `file ${String(n).padStart(4, '0')}`);
    await Promise.all(names.map((name) => writeFile(join(userFolder, name), name)));
    expect(await namesIn(user)).toEqual(names);
    expect((await gather(user.list('', { pageSize: 300 }))).map((page) => page.length)).toEqual([
      ...Array<number>(6).fill(300),
      200,
    ]);
    await user.removeAll('file 0');
    expect(await namesIn(user)).toEqual(names.filter((name) => !name.startsWith('file 0')));
    await user.removeAll('');
    expect(existsSync(userFolder)).toBe(true);
  });

  test('names of files that cannot be names of blobs fail a listing, and are never left out', async () => {
    const { user, userFolder } = fixture();
    await writeFile(join(userFolder, 'fine'), '');
    await writeFile(join(userFolder, 'back\\slash'), '');
    await expectCode(gather(user.list('')), 'BlobNameInvalid');
    expect(await namesIn(user, 'fine')).toEqual(['fine']);
    const latin1 = Buffer.concat([Buffer.from(join(userFolder, 'latin-')), Buffer.from([0xe4])]);
    await writeFile(latin1, '');
    await expectCode(gather(user.list('latin')), 'BlobNameInvalid');
  });

  test('a named pipe is no blob, and waits for nobody', async () => {
    const { user, userFolder } = fixture();
    execFileSync('mkfifo', [join(userFolder, 'pipe')]);
    expect(await namesIn(user)).toEqual([]);
    await expectCode(user.read('pipe'), 'BlobNotFound');
    expect(await user.stat('pipe')).toBeUndefined();
  });

  test('folders go with their last blob, but never the root', async () => {
    const { user, userFolder } = fixture();
    await user.write('a/b/c', '');
    await user.write('a/d', '');
    await user.remove('a/b/c');
    expect(existsSync(join(userFolder, 'a/b'))).toBe(false);
    await user.remove('a/d');
    expect(existsSync(join(userFolder, 'a'))).toBe(false);
    expect(existsSync(userFolder)).toBe(true);
  });

  test('a folder of the user need not exist before it is written to', async () => {
    const { stores, userFolder } = fixture();
    const store = stores.localFolder(join(userFolder, 'not/yet'));
    expect(await namesIn(store)).toEqual([]);
    expect(await store.stat('a')).toBeUndefined();
    await store.remove('a');
    await store.commit('score/predictions.csv', [await stagePart(fixture().blobs, 'p', 'row\n')], { n: '1' });
    expect(await readFile(join(userFolder, 'not/yet/score/predictions.csv'), 'utf8')).toBe('row\n');
  });

  test('metadata of a blob in a folder of the user survives opening again', async () => {
    const { user, userFolder, stores, blobs } = fixture();
    await user.commit('a', [await stagePart(blobs, 'p', 'x')], { n: '1' });
    expect((await stores.localFolder(userFolder).stat('a'))?.metadata).toEqual({ n: '1' });
  });
});

describe('symbolic links', () => {
  const fixture = localFixture();

  test('to files and to folders are followed for reading', async () => {
    const { user, userFolder } = fixture();
    await user.write('real/file', 'content');
    const outside = await scratchFile('outside');
    await symlink(outside, join(userFolder, 'link'));
    await symlink('real', join(userFolder, 'folder'));
    expect(await namesIn(user)).toEqual(['folder/file', 'link', 'real/file']);
    expect(await textOf(user, 'link')).toBe('outside');
    expect((await user.stat('link'))?.size).toBe(7);
    expect((await bytesOf(user, 'folder/file')).toString()).toBe('content');
  });

  test('in a circle, or to nowhere, do no harm', async () => {
    const { user, userFolder } = fixture();
    await user.write('a/b/file', '');
    await symlink('..', join(userFolder, 'a/b/up'));
    await symlink('.', join(userFolder, 'a/self'));
    await symlink('loop', join(userFolder, 'loop'));
    await symlink('nowhere', join(userFolder, 'broken'));
    const names = await namesIn(user);
    expect(names).toContain('a/b/file');
    expect(names.filter((name) => name.endsWith('file')).length).toBe(names.length);
    expect(names.length).toBeLessThan(10);
  });

  test('that lead out of the root are refused for every kind of write', async () => {
    const { user, userFolder, root, blobs } = fixture();
    await blobs.write('precious', 'content');
    await symlink(root, join(userFolder, 'out'));
    const part = await stagePart(blobs, 'p', 'x');
    const staged = await scratchFile('stays');
    await expectCode(user.write('out/new', 'x'), 'BlobNameInvalid');
    await expectCode(user.write('out/precious', 'x'), 'BlobNameInvalid');
    await expectCode(user.write('out/deep/new', 'x'), 'BlobNameInvalid');
    await expectCode(user.stage('out/new', staged), 'BlobNameInvalid');
    await expectCode(user.commit('out/new', [part], { n: '1' }), 'BlobNameInvalid');
    await expectCode(user.remove('out/precious'), 'BlobNameInvalid');
    await expectCode(user.removeAll('out/'), 'BlobNameInvalid');
    expect(await namesIn(blobs)).toEqual(['p', 'precious']);
    expect(await readFile(staged, 'utf8')).toBe('stays');
  });

  test('are removed themselves, never what they lead to', async () => {
    const { user, userFolder, root, blobs } = fixture();
    await blobs.write('precious', 'content');
    await symlink(root, join(userFolder, 'folder'));
    await symlink(join(root, 'precious'), join(userFolder, 'file'));
    await user.remove('file');
    await user.removeAll('');
    expect(await namesIn(user)).toEqual([]);
    expect(await textOf(blobs, 'precious')).toBe('content');
  });

  test('are replaced by a write, which does not go through them', async () => {
    const { user, userFolder } = fixture();
    const outside = await scratchFile('outside');
    await symlink(outside, join(userFolder, 'link'));
    await user.write('link', 'inside');
    expect(await readFile(outside, 'utf8')).toBe('outside');
    expect(await textOf(user, 'link')).toBe('inside');
  });

  test('within the root may be written through', async () => {
    const { user, userFolder } = fixture();
    await mkdir(join(userFolder, 'real'));
    await symlink('real', join(userFolder, 'link'));
    await user.write('link/a', 'content');
    expect(await textOf(user, 'real/a')).toBe('content');
  });
});
