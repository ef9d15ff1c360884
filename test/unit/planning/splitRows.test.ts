import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { InputSource } from '../../../shared/inputs/inputSource';
import { LocalInput } from '../../../shared/inputs/localInput';
import { RowSplitter } from '../../../shared/planning/splitRows';

const folder = mkdtempSync(join(tmpdir(), 'splitting-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The files of the folder; `streams` are those that are read of them. */
function recorded(): { source: InputSource; streams: Readable[] } {
  const input = new LocalInput(folder, 'folder');
  const streams: Readable[] = [];
  const source: InputSource = {
    inPlace: input.inPlace,
    list: (options) => input.list(options),
    provide: (path) => input.provide(path),
    open: async (path) => {
      const reader = await input.open(path);
      const read = async (range: Parameters<typeof reader.read>[0]): Promise<Readable> => {
        const stream = await reader.read(range);
        streams.push(stream);
        return stream;
      };
      return { ...reader, read };
    },
  };
  return { source, streams };
}

test.each([1, 2, 3])('a file of which %i parts are wanted is not read on, and is closed', async (wanted) => {
  writeFileSync(join(folder, 'long.csv'), `n\n${'1234567\n'.repeat(500_000)}`);
  const { source, streams } = recorded();
  const splitter = new RowSplitter(source, 1_000, new AbortController().signal);
  const parts: unknown[] = [];
  for await (const part of splitter.split(source.list({ sizes: true }))) {
    if (parts.push(part) === wanted) break;
  }
  expect(streams.map(({ destroyed, readableEnded }) => ({ destroyed, readableEnded }))).toEqual([
    { destroyed: true, readableEnded: false },
  ]);
});
