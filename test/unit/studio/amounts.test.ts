import { byteCount, counted, duration, moment, percent, roughDuration } from '../../../studio/amounts';

test.each([
  [0, 1000, 0],
  [999, 1000, 99],
  [999_999, 1_000_000, 99],
  [1000, 1000, 100],
  [0, 0, 0],
])('%d of %d is %d percent: 100 is said when nothing is left', (done, all, expected) => {
  expect(percent(done, all)).toBe(expected);
});

test.each([
  [0, '0.00 s', '0 s'],
  [1.234, '1.23 s', '1 s'],
  [59.6, '1 min 0 s', '1 min 0 s'],
  [3_599.4, '59 min 59 s', '59 min 59 s'],
  [7_260, '2 h 1 min', '2 h 1 min'],
])('%d seconds are measured as %s and told as %s', (seconds, measured, told) => {
  expect([duration(seconds), roughDuration(seconds)]).toEqual([measured, told]);
});

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1_000, '1.0 kB'],
  [18_000_039, '18.0 MB'],
  [5e15, '5,000.0 TB'],
])('%d bytes are %s', (bytes, text) => {
  expect(byteCount(bytes)).toBe(text);
});

test('numbers go with their noun, and have their thousands apart', () => {
  expect([counted(1, 'file'), counted(12_345, 'file'), counted(0, 'try', 'tries')]).toEqual([
    '1 file',
    '12,345 files',
    '0 tries',
  ]);
});

test('a time is told to the second, with its zone', () => {
  expect(moment('2026-01-31T12:00:00.123Z')).toBe('2026-01-31 12:00:00 UTC');
});
