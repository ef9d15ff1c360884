import fs, { existsSync, readdirSync } from 'node:fs';
import promises, { readFile } from 'node:fs/promises';
import { namesIn, stagePart, textOf } from '../blobs/contents';
import { errorOf, expectCode } from '../outcomes';
import { scratchFile } from '../scratchFolder';
import { localFixture } from './localFixture';

/** An error as the file system throws it. */
function systemError(code: string, syscall = 'write'): Error {
  return Object.assign(new Error(`${code}: something about ${syscall}`), { code, syscall });
}

async function fileHandlePrototype(): Promise<promises.FileHandle> {
  const probe = await promises.open(__filename, 'r');
  await probe.close();
  return Object.getPrototypeOf(probe) as promises.FileHandle;
}

describe('a file system that refuses', () => {
  const fixture = localFixture();
  afterEach(() => jest.restoreAllMocks());

  test.each([
    ['ENOSPC', 'StoreFull'],
    ['EDQUOT', 'StoreFull'],
    ['EFBIG', 'StoreFull'],
    ['EACCES', 'StoreForbidden'],
    ['EROFS', 'StoreForbidden'],
    ['EPERM', 'StoreForbidden'],
    ['EIO', 'StoreUnavailable'],
    ['EMFILE', 'StoreUnavailable'],
  ])('with %s is reported as %s, and nothing half written is left', async (code, expected) => {
    const { user, userFolder, blobs, state } = fixture();
    const parts = [await stagePart(blobs, 'p', 'x'.repeat(100_000))];
    await user.write('old', 'old', { metadata: { n: '1' } });
    const handle = await fileHandlePrototype();
    for (const method of ['writeFile', 'write', 'sync'] as const) {
      jest.spyOn(handle, method).mockRejectedValue(systemError(code));
    }
    const error = await errorOf(user.write('old', 'new'));
    expect(error).toMatchObject({ code: expected });
    expect(String(error)).toContain(code);
    await expectCode(user.write('new', 'new', { mustNotExist: true }), expected);
    await expectCode(user.commit('out', parts, { n: '1' }), expected);
    const path = await scratchFile('stays');
    await expectCode(user.stage('staged', path), expected);
    jest.restoreAllMocks();

    expect(await namesIn(user)).toEqual(['old']);
    expect(await textOf(user, 'old')).toBe('old');
    expect((await user.stat('old'))?.metadata).toEqual({ n: '1' });
    expect(readdirSync(userFolder)).toEqual(['old']);
    expect(readdirSync(state, { recursive: true, encoding: 'utf8' }).join()).not.toContain('-draft-');
    expect(await readFile(path, 'utf8')).toBe('stays');
    await user.commit('out', parts, { n: '1' });
  });

  test('to read fails the stream with an error of the catalogue', async () => {
    const { user } = fixture();
    await user.write('a', 'content');
    const stream = await user.read('a');
    jest.spyOn(await fileHandlePrototype(), 'read').mockRejectedValue(systemError('EIO', 'read'));
    await expectCode(stream.toArray(), 'StoreUnavailable');
  });

  test('to link, as on a memory stick, still has one winner', async () => {
    const { user, userFolder, blobs } = fixture();
    jest.spyOn(fs, 'linkSync').mockImplementation(() => {
      throw systemError('EPERM', 'link');
    });
    await user.write('a', 'one', { mustNotExist: true });
    await expectCode(user.write('a', 'two', { mustNotExist: true }), 'BlobExists');
    await user.commit('out', [await stagePart(blobs, 'p', 'rows')], { n: '1' });
    await expectCode(user.commit('out', [], { n: '2' }), 'BlobExists');
    expect(await textOf(user, 'a')).toBe('one');
    expect(readdirSync(userFolder).sort()).toEqual(['a', 'out']);
  });

  test('to rename from another disk gets a copy', async () => {
    const { user } = fixture();
    const content = 'x'.repeat(9_000_000);
    const path = await scratchFile(content);
    const rename = fs.renameSync;
    jest.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
      if (from === path) throw systemError('EXDEV', 'rename');
      rename(from, to);
    });
    expect(await user.stage('deep/a', path)).toEqual({ size: content.length });
    expect(await textOf(user, 'deep/a')).toBe(content);
    expect(existsSync(path)).toBe(false);
  });
});
