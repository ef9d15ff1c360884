import { PassThrough } from 'node:stream';
import { OutputCapture } from '../../../shared/scoring/outputCapture';

describe('what a worker prints', () => {
  test('ends at the marker, wherever the chunks are cut', async () => {
    const text = 'before the marker';
    const marker = '\0a-marker\0';
    for (let cut = 0; cut <= text.length + marker.length; cut++) {
      const stream = new PassThrough();
      const capture = new OutputCapture(stream);
      const ended = capture.untilMarker(marker);
      const all = Buffer.from(text + marker);
      stream.write(all.subarray(0, cut));
      stream.write(all.subarray(cut));
      await ended;
      expect(capture.flush().toString()).toBe(text);
    }
  });

  test('is waited for no longer than a moment where the marker never comes, and then not again', async () => {
    const stream = new PassThrough();
    const capture = new OutputCapture(stream);
    stream.write('only this');
    await capture.untilMarker('\0never\0');
    expect(capture.flush().toString()).toBe('only this');
    const began = performance.now();
    await capture.untilMarker('\0never\0');
    expect(performance.now() - began).toBeLessThan(100);
  });

  test('keeps its start and its end where it is long, and counts what it leaves out', async () => {
    const stream = new PassThrough({ highWaterMark: 1 << 30 });
    const capture = new OutputCapture(stream);
    for (let i = 0; i < 5_000; i++) stream.write(`${String(i).padStart(999, '.')}\n`);
    await new Promise((resolve) => setImmediate(resolve));
    const kept = capture.flush().toString();
    expect(kept).toContain(`${'0'.padStart(999, '.')}\n`);
    expect(kept).toContain(`${'4999'.padStart(999, '.')}\n`);
    const left = Number(/left out/.test(kept) ? /\.\.\. (\d+) bytes/.exec(kept)?.[1] : 0);
    expect(left + kept.replace(/\n\[\.\.\. \d+ bytes left out \.\.\.\]\n/, '').length).toBe(5_000_000);
  });

  test('shows its last lines for messages', async () => {
    const stream = new PassThrough();
    const capture = new OutputCapture(stream);
    stream.write('one\ntwo\nthree\n');
    await new Promise((resolve) => setImmediate(resolve));
    expect(capture.lastLines(2)).toBe('two | three');
  });
});
