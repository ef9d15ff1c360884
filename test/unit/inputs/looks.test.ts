import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Looks } from '../../../shared/inputs/looks';
import { isChanged, seenFile } from '../../../shared/inputs/seenFile';

describe('looks at files', () => {
  const aside = (): Promise<string> => Promise.resolve('aside');
  let now = 0;
  const quickly = (): string => 'in place';
  const slowly = (): string => {
    now += 5;
    return 'in place';
  };
  const looksOf = (): Looks => new Looks(() => now);

  test('are taken aside after two in a row that took long', async () => {
    const looks = looksOf();
    expect(looks.take(slowly, aside)).toBe('in place');
    expect(looks.take(slowly, aside)).toBe('in place');
    expect(await looks.take(quickly, aside)).toBe('aside');
  });

  test('are taken at once where only now and then one takes long', () => {
    const looks = looksOf();
    for (const look of [slowly, quickly, slowly, quickly, slowly])
      expect(looks.take(look, aside)).toBe('in place');
  });

  test('are tried at once again after a while, and go aside where the first one takes long', async () => {
    const looks = looksOf();
    for (let look = 0; look < 2; look++) void looks.take(slowly, aside);
    for (let look = 0; look < 1_000; look++) expect(await looks.take(quickly, aside)).toBe('aside');
    expect(looks.take(slowly, aside)).toBe('in place');
    expect(await looks.take(quickly, aside)).toBe('aside');
  });

  test('see the same of a file both ways, and nothing where it has gone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'batchpoint-looks-'));
    const path = join(folder, 'file');
    writeFileSync(path, 'x');
    const slow = looksOf();
    for (let look = 0; look < 2; look++) void slow.take(slowly, aside);
    const seen = await seenFile(new Looks(), path);
    if (seen === undefined) throw new Error('The file is there.');
    expect(isChanged(seen, await seenFile(slow, path))).toBe(false);
    rmSync(folder, { recursive: true });
    expect(await seenFile(new Looks(), path)).toBeUndefined();
    expect(await seenFile(slow, path)).toBeUndefined();
  });
});
