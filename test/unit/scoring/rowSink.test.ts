import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CountingRowSink, SpoolingRowSink } from '../../../shared/scoring/node/rowSink';
import type { PredictionTable } from '../../../shared/scoring/onnx/predictionTable';

const folder = mkdtempSync(join(tmpdir(), 'batchpoint-sink-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const table = (rows: number): PredictionTable => ({ rows, columns: [] });

/** A sink of which each table is one letter, so many times as it has rows. */
function letters(): SpoolingRowSink {
  return new SpoolingRowSink(({ rows }, position) => [Buffer.alloc(rows, 'abc'.charAt(position))], folder);
}

function written(sink: SpoolingRowSink): string {
  const path = join(folder, 'rows.txt');
  const descriptor = openSync(path, 'a');
  try {
    const bytes = sink.writeTo(descriptor);
    const text = readFileSync(path, 'utf8');
    expect(bytes).toBe(text.length);
    return text;
  } finally {
    closeSync(descriptor);
    rmSync(path);
  }
}

const large = 5 << 20;

test('rows come out in the order in which they were added', () => {
  const sink = letters();
  sink.add(table(2), 0, 0);
  sink.add(table(3), 1, 0);
  expect(sink.rows).toBe(5);
  expect(written(sink)).toBe('aabbb');
});

test('rows that are more than memory is meant for lie in a file without a name until they are wanted', () => {
  const sink = letters();
  for (const position of [0, 1, 2]) sink.add(table(large), position, 0);
  expect(readdirSync(folder)).toEqual([]);
  expect(sink.rows).toBe(3 * large);
  expect(written(sink)).toBe('a'.repeat(large) + 'b'.repeat(large) + 'c'.repeat(large));
});

test.each([
  ['in memory', 10],
  ['partly in its file', large],
])('a file that fails takes back its own rows alone, %s', (_, size) => {
  const sink = letters();
  sink.add(table(size), 0, 0);
  const mark = sink.mark();
  for (let i = 0; i < 3; i++) sink.add(table(size), 1, 0);
  sink.takeBack(mark);
  expect(sink.rows).toBe(size);
  sink.add(table(size), 2, 0);
  expect(sink.rows).toBe(2 * size);
  expect(written(sink)).toBe('a'.repeat(size) + 'c'.repeat(size));
});

test('rows that nobody wants are only counted', () => {
  const sink = new CountingRowSink();
  sink.add(table(4));
  const mark = sink.mark();
  sink.add(table(5));
  sink.takeBack(mark);
  expect(sink.rows).toBe(4);
  expect(sink.writeTo()).toBe(0);
});
