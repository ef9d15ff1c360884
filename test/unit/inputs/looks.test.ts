import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Looks } from '../../../shared/inputs/looks';
import { isChanged, seenFile } from '../../../shared/inputs/seenFile';

/** Keeps the process busy for longer than a look may take. */
function slowly(): string {
  const end = performance.now() + 5;
  while (performance.now() < end);
  return 'in place';
}

describe('looks at files', () => {
  const aside = (): Promise<string> => Promise.resolve('aside');

  test('are taken at once, and aside after one that took long', async () => {
    const looks = new Looks();
    expect(looks.take(() => 'in place', aside)).toBe('in place');
    expect(looks.take(slowly, aside)).toBe('in place');
    expect(await looks.take(slowly, aside)).toBe('aside');
  });

  test('see the same of a file both ways, and nothing where it has gone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'batchpoint-looks-'));
    const path = join(folder, 'file');
    writeFileSync(path, 'x');
    const slow = new Looks();
    void slow.take(slowly, aside);
    const seen = await seenFile(new Looks(), path);
    if (seen === undefined) throw new Error('The file is there.');
    expect(isChanged(seen, await seenFile(slow, path))).toBe(false);
    rmSync(folder, { recursive: true });
    expect(await seenFile(new Looks(), path)).toBeUndefined();
    expect(await seenFile(slow, path)).toBeUndefined();
  });
});
