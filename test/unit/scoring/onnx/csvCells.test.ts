import { CsvCells } from '../../../../shared/scoring/onnx/csvCells';
import { CsvScanner } from '../../../../shared/scoring/onnx/csvRecords';

/** The cells of one column. */
function cells(values: readonly string[]): CsvCells {
  const scanner = new CsvScanner();
  return new CsvCells(scanner.scan(Buffer.from(values.map((value) => `${value}\n`).join('')), true), ['x']);
}

function numbers(...values: string[]): number[] {
  return [...cells(values).numbers(0, 0, values.length)];
}

function integers(...values: string[]): bigint[] {
  return [...cells(values).integers(0, 0, values.length)];
}

test('numbers are the nearest to what is written', () => {
  const written = ['1', '-1.5', '.5', '5.', '+7', '1e3', '-2.5E-3', '0.1', '123456789012345678901234567890'];
  expect(numbers(...written)).toEqual(written.map(Number));
  const random = Array.from({ length: 5000 }, (_, i) => String(Math.sin(i) * 10 ** ((i % 40) - 20)));
  expect(numbers(...random)).toEqual(random.map(Number));
  expect(numbers('123456789.123456', '0.3', '999999999999999')).toEqual([
    123456789.123456, 0.3, 999999999999999,
  ]);
  expect(numbers(' 1.5 ', '"2.5"', 'inf', '-Infinity')).toEqual([1.5, 2.5, Infinity, -Infinity]);
  expect(numbers('"-0"')).toEqual([-0]);
});

test('numbers may be missing', () => {
  expect(numbers('NA', 'nan', 'NULL', '""', 'None', '#N/A')).toEqual([NaN, NaN, NaN, NaN, NaN, NaN]);
});

test.each(['abc', '1,5', '0x10', '1_000', '1e', '-', '.', '1.2.3', 'True', '1 2'])(
  '%s is no number',
  (text) => {
    expect(() => numbers('1', `"${text}"`)).toThrow(`line 2, column 'x': '${text}' is not a number`);
  },
);

test('whole numbers have all of 64 bits', () => {
  expect(
    integers('0', '-1', '9007199254740993', '-9223372036854775808', '9223372036854775807', '4294967296'),
  ).toEqual([0n, -1n, 9007199254740993n, -9223372036854775808n, 9223372036854775807n, 4294967296n]);
  expect(integers('3.0', '1e3', '+4', '9007199254740993.0')).toEqual([3n, 1000n, 4n, 9007199254740993n]);
});

test.each([
  ['1.5', "'1.5' is not a whole number"],
  ['9223372036854775808', "'9223372036854775808' is not a whole number of 64 bits"],
  ['NA', "'NA' is not a whole number, which cannot be missing"],
  ['""', 'an empty cell is not a whole number, which cannot be missing'],
  ['one', "'one' is not a whole number"],
])('%s is no whole number', (text, message) => {
  expect(() => integers('1', text)).toThrow(`line 2, column 'x': ${message}`);
});

test('true and false are written as Python and as most programs write them', () => {
  const values = ['True', 'FALSE', 'true', '0', '1', 'False'];
  expect([...cells(values).booleans(0, 0, 6)]).toEqual([1, 0, 1, 0, 1, 0]);
  expect(() => cells(['yes']).booleans(0, 0, 1)).toThrow("line 1, column 'x': 'yes' is not True or False");
});

test('texts are what is written', () => {
  expect(cells(['007', '"a ""b"""', 'NA']).texts(0, 0, 3)).toEqual(['007', 'a "b"', 'NA']);
});

test('long values are cut in messages', () => {
  expect(() => numbers('x'.repeat(5000))).toThrow(/^line 1, column 'x': 'x{77}\.\.\.' is not a number$/);
});
