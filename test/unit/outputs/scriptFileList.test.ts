import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { listedScriptFiles, ScriptFileList } from '../../../shared/outputs/scriptFileList';
import type { BlobStore } from '../../../shared/stores/blobStore';

describe('the list of the files that a script wrote', () => {
  let scratch: string;

  beforeAll(() => {
    scratch = mkdtempSync(join(tmpdir(), 'batchpoint-list-'));
  });

  afterAll(() => {
    rmSync(scratch, { recursive: true, force: true });
  });

  /** A store of blobs in memory, as far as a list needs one. */
  function memory(): BlobStore & { readonly contents: Map<string, Buffer> } {
    const contents = new Map<string, Buffer>();
    const stage = (name: string, path: string): Promise<{ size: number }> => {
      const content = readFileSync(path);
      contents.set(name, content);
      return Promise.resolve({ size: content.length });
    };
    const read = (name: string): Promise<Readable> => Promise.resolve(Readable.from([contents.get(name)]));
    return { contents, stage, read } as unknown as BlobStore & { contents: Map<string, Buffer> };
  }

  async function listed(blobs: BlobStore, names: readonly string[]): ReturnType<ScriptFileList['finish']> {
    const list = new ScriptFileList({ blobs, scratch }, 'ab12');
    for (const name of names) await list.add(name);
    const found = await list.finish();
    await list.close();
    return found;
  }

  test('stands in the record of the job where it is short', async () => {
    const blobs = memory();
    expect(await listed(blobs, ['a', 'b/c'])).toEqual({ scriptFiles: ['a', 'b/c'] });
    expect(blobs.contents.size).toBe(0);
  });

  test('is kept beside the record where a row would not hold it, and is told whole all the same', async () => {
    const blobs = memory();
    const names = Array.from(
      { length: 20_000 },
      (_, i) => `masks/image\u2028${String(i).padStart(8, '0')}.png`,
    );
    const result = await listed(blobs, names);
    expect(result.scriptFiles.length + (result.moreScriptFiles ?? 0)).toBe(names.length);
    expect(result.scriptFiles).toEqual(names.slice(0, result.scriptFiles.length));
    expect(Buffer.byteLength(JSON.stringify(result))).toBeLessThan(256 * 1024);
    const all: string[] = [];
    for await (const name of listedScriptFiles(blobs, 'ab12', result)) all.push(name);
    expect(all).toEqual(names);
    expect(await listed(blobs, names)).toEqual(result);
    expect(readdirSync(scratch)).toEqual([]);
  });
});
