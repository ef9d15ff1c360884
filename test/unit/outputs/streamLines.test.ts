import fc from 'fast-check';
import { streamLines } from '../../../shared/outputs/streamLines';

describe('the lines of a stream', () => {
  async function linesOf(text: string, size: number): Promise<string[]> {
    const bytes = Buffer.from(text);
    async function* chunks(): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < bytes.length; at += size)
        yield await Promise.resolve(bytes.subarray(at, at + size));
    }
    const lines: string[] = [];
    for await (const line of streamLines(chunks())) lines.push(line);
    return lines;
  }

  test('are parted by line feeds alone, however the stream is cut', async () => {
    const line = fc.string({ unit: 'grapheme', maxLength: 8 }).map((text) => text.replaceAll('\n', '\u2028'));
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 8 }),
        fc.integer({ min: 1, max: 5 }),
        async (lines, size) => {
          expect(await linesOf(lines.map((text) => `${text}\n`).join(''), size)).toEqual(lines);
        },
      ),
    );
  });

  test('have a last one without a line feed too', async () => {
    expect(await linesOf('a\r\nb\u2029c\n\nd', 2)).toEqual(['a\r', 'b\u2029c', '', 'd']);
  });
});
