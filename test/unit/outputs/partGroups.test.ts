import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { PartGroups, type Piece } from '../../../shared/outputs/partGroups';
import { compareCodePoints } from '../../../shared/planning/codePointOrder';
import type { BlobStore, StagedPart } from '../../../shared/stores/blobStore';

describe('files that are put together from pieces', () => {
  const store = { url: 'file:///store' } as BlobStore;
  let scratch: string;

  beforeAll(() => {
    scratch = mkdtempSync(join(tmpdir(), 'batchpoint-pieces-'));
  });

  afterAll(() => {
    rmSync(scratch, { recursive: true, force: true });
  });

  async function gathered(pieces: readonly Piece[]): Promise<[file: string, bytes: number, StagedPart[]][]> {
    async function* all(): AsyncGenerator<Piece> {
      for (const piece of pieces) yield await Promise.resolve(piece);
    }
    const groups = await PartGroups.gather(store, all(), scratch);
    const found: [string, number, StagedPart[]][] = [];
    for (const { file, parts } of groups) {
      const walked: StagedPart[] = [];
      for await (const part of parts) walked.push(part);
      found.push([file, parts.bytes, walked]);
    }
    expect([...groups].map(({ file }) => file)).toEqual(found.map(([file]) => file));
    await groups.close();
    return found;
  }

  test('come by their names, each with its pieces as they came', async () => {
    const name = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 4 })
      .filter((text) => !text.includes('\0'));
    const piece = fc.record({ file: name, part: name, size: fc.integer({ min: 1, max: 1e12 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 40 }), async (pieces) => {
        const files = [...new Set(pieces.map(({ file }) => file))].sort(compareCodePoints);
        const wanted = files.map((file) => {
          const own = pieces.filter((one) => one.file === file);
          const parts = own.map(({ part, size }) => ({ store, name: part, size }));
          return [file, own.reduce((sum, { size }) => sum + size, 0), parts];
        });
        expect(await gathered(pieces)).toEqual(wanted);
      }),
      { numRuns: 50 },
    );
    expect(readdirSync(scratch)).toEqual([]);
  });

  test('are none where there are no pieces', async () => {
    expect(await gathered([])).toEqual([]);
  });
});
