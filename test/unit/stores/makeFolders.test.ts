import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolders } from '../../../shared/stores/makeFolders';

describe('folders are made', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'batchpoint-folders-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('with all above them that are missing, and the topmost is named', () => {
    expect(makeFolders(join(folder, 'a/b/c'), 0o700)).toBe(join(folder, 'a'));
    expect(statSync(join(folder, 'a/b')).mode & 0o777).toBe(0o700);
    expect(makeFolders(join(folder, 'a/b/c/d'))).toBe(join(folder, 'a/b/c/d'));
    expect(makeFolders(join(folder, 'a/b/c/d'))).toBeUndefined();
  });

  test('below a link to a folder', () => {
    mkdirSync(join(folder, 'real'));
    symlinkSync('real', join(folder, 'link'));
    makeFolders(join(folder, 'link/a'));
    expect(existsSync(join(folder, 'real/a'))).toBe(true);
  });

  test('never below a link that leads nowhere, which fails', () => {
    symlinkSync('nowhere', join(folder, 'dangling'));
    expect(() => makeFolders(join(folder, 'dangling/a'))).toThrow('EEXIST');
  });

  test('never below a file, which fails', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => makeFolders(join(folder, 'file'))).toThrow('is no folder');
    expect(() => makeFolders(join(folder, 'file/a'))).toThrow('ENOTDIR');
  });

  const isLinux = process.platform === 'linux';
  if (isLinux) {
    test('never where the system has no room for them, which fails', () => {
      expect(() => makeFolders('/proc/nowhere/a')).toThrow('ENOENT');
    });
  }
});
