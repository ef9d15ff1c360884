import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { pathOf, sizeOf, withFacts } from '../../../shared/inputs/listedFile';
import { compareCodePoints, sortByCodePoints } from '../../../shared/planning/codePointOrder';
import { sortedNames } from '../../../shared/planning/sortedNames';

/** The order that is meant: that of UTF-8 bytes. */
const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
const anyName = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .filter((name) => !name.includes('\0'));

describe('the order of names', () => {
  test('is by code point, where UTF-16 would have it otherwise', () => {
    expect(compareCodePoints('\u{1f600}', '\uffee')).toBeGreaterThan(0);
    expect(sortByCodePoints(['\u{1f600}', '\uffee', 'a'])).toEqual(['a', '\uffee', '\u{1f600}']);
  });

  test('is that of UTF-8 bytes for all names', () => {
    fc.assert(
      fc.property(
        anyName,
        anyName,
        (a, b) => Math.sign(compareCodePoints(a, b)) === Math.sign(byBytes(a, b)),
      ),
    );
  });
});

describe('sorting more names than fit into memory', () => {
  let scratch: string;

  beforeAll(() => {
    scratch = mkdtempSync(join(tmpdir(), 'batchpoint-sort-'));
  });

  afterAll(() => {
    rmSync(scratch, { recursive: true, force: true });
  });

  async function sorted(names: readonly string[], chunk: number): Promise<string[]> {
    async function* pages(): AsyncGenerator<readonly string[]> {
      for (let i = 0; i < names.length; i += 7) yield await Promise.resolve(names.slice(i, i + 7));
    }
    const all: string[] = [];
    for await (const page of sortedNames(pages(), { scratch, chunk })) all.push(...page);
    return all;
  }

  test.each([1, 2, 10, 1000])('gives them all, in order, with %s of them in memory', async (chunk) => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(anyName, { maxLength: 60 }), async (names) => {
        expect(await sorted(names, chunk)).toEqual([...names].sort(byBytes));
      }),
      { numRuns: 30 },
    );
  });

  test('keeps sizes with their names, whether they are known or not', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(anyName, { maxLength: 40 }),
        fc.infiniteStream(fc.option(fc.nat(), { nil: undefined })),
        async (names, sizes) => {
          const of = new Map(names.map((name) => [name, sizes.next().value as number | undefined]));
          const found = await sorted(
            [...of].map(([name, size]) => withFacts(name, { size: size })),
            5,
          );
          expect(found.map(pathOf)).toEqual([...names].sort(byBytes));
          expect(new Map(found.map((file) => [pathOf(file), sizeOf(file)]))).toEqual(of);
        },
      ),
      { numRuns: 50 },
    );
  });

  test('reads runs that are longer than its buffer', async () => {
    const names = Array.from(
      { length: 20_000 },
      (_, i) => `a-rather-long-folder/file-${(i * 7919) % 20_000}`,
    );
    expect(await sorted(names, 6_000)).toEqual([...names].sort(byBytes));
  });

  test('leaves nothing behind, also when its reader stops early', async () => {
    async function* pages(): AsyncGenerator<readonly string[]> {
      for (let i = 0; i < 100; i++) yield await Promise.resolve([`name ${i}`]);
    }
    for await (const page of sortedNames(pages(), { scratch, chunk: 10 })) if (page.length > 0) break;
    expect(readdirSync(scratch)).toEqual([]);
  });

  test('gives nothing for nothing', async () => {
    expect(await sorted([], 5)).toEqual([]);
  });
});
