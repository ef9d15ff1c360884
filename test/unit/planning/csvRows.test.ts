import fc from 'fast-check';
import { CsvRowScanner, isWide, type CsvRows } from '../../../shared/planning/csvRows';

/** The header and the parts that a text is cut into, whatever stretches its bytes come in. */
function split(
  text: string,
  size: number,
  stretch = Infinity,
): { header: string; parts: string[]; rows: number[] } {
  const bytes = Buffer.from(text);
  const scanner = new CsvRowScanner(size);
  const found: CsvRows[] = [];
  for (let at = 0; at < bytes.length; at += Math.min(stretch, bytes.length))
    found.push(...scanner.take(bytes.subarray(at, at + stretch)));
  const last = scanner.end();
  if (last !== undefined) found.push(last);
  return {
    header: bytes.toString('utf8', 0, scanner.header ?? 0),
    parts: found.map(({ from, to }) => bytes.toString('utf8', from, to)),
    rows: found.map(({ rows }) => rows),
  };
}

test.each([
  ['line feeds', 'a,b\n1,2\n3,4\n5,6\n', 'a,b\n', ['1,2\n3,4\n', '5,6\n']],
  ['no line feed at the end', 'a,b\n1,2\n3,4\n5,6', 'a,b\n', ['1,2\n3,4\n', '5,6']],
  ['line ends of Windows', 'a,b\r\n1,2\r\n3,4\r\n5,6\r\n', 'a,b\r\n', ['1,2\r\n3,4\r\n', '5,6\r\n']],
  ['line ends of an old Mac', 'a,b\r1,2\r3,4\r5,6\r', 'a,b\r', ['1,2\r3,4\r', '5,6\r']],
  [
    'newlines in quotes',
    'a,b\n"1\n1",2\n3,"4\r\n""x""\n"\n5,6\n',
    'a,b\n',
    ['"1\n1",2\n3,"4\r\n""x""\n"\n', '5,6\n'],
  ],
  ['newlines in the quotes of its header', '"a\nx",b\n1,2\n', '"a\nx",b\n', ['1,2\n']],
  ['a byte order mark', '\ufeff"a,\n",b\n1,2\n3,4\n5,6\n', '\ufeff"a,\n",b\n', ['1,2\n3,4\n', '5,6\n']],
  ['quotes in the middle of fields', 'a,b\n5",6"\n7,8"\n9,1\n', 'a,b\n', ['5",6"\n7,8"\n', '9,1\n']],
  [
    'empty lines, which are no rows',
    '\n \na,b\n\n1,2\n\t\n3,4\n\n\n5,6\n\n',
    '\n \na,b\n',
    ['\n1,2\n\t\n3,4\n', '\n\n5,6\n\n'],
  ],
  ['semicolons', 'a;b\n1;"2\n,"\n3;4\n5,"6;7\n', 'a;b\n', ['1;"2\n,"\n3;4\n', '5,"6;7\n']],
  ['tabs', 'a\tb\n\t"x\n"\n3\t4\n', 'a\tb\n', ['\t"x\n"\n3\t4\n']],
  ['a quote that is never closed', 'a,b\n1,2\n"3,4\n5,6\n', 'a,b\n', ['1,2\n"3,4\n5,6\n']],
  ['nothing but a header', 'a,b', 'a,b', []],
  ['nothing', '', '', []],
])('a file with %s is cut between its rows', (_what, text, header, parts) => {
  for (const stretch of [Infinity, 1, 2, 5]) expect(split(text, 2, stretch)).toMatchObject({ header, parts });
});

/** A field as writers of CSV put it: in quotes where it needs them. */
const field = fc
  .string({ unit: fc.constantFrom('a', '7', ' ', ',', '"', '\n', '\r', 'ü', ';') })
  .map((text) => (/[",\n\r;]/.test(text) || text.trim() === '' ? `"${text.replaceAll('"', '""')}"` : text));
const record = fc.tuple(field, field, field).map((fields) => fields.join(','));

test('whatever its fields hold, the parts of a file are its bytes, each with as many rows as are asked for', () => {
  fc.assert(
    fc.property(
      fc.array(record, { maxLength: 30 }),
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 1, max: 40 }),
      fc.constantFrom('\n', '\r\n', '\r'),
      (records, size, stretch, end) => {
        const header = `x,y,z${end}`;
        const lines = records.map((text) => text + end);
        const expected = Array.from({ length: Math.ceil(lines.length / size) }, (_, i) =>
          lines.slice(i * size, (i + 1) * size),
        );
        expect(split(header + lines.join(''), size, stretch)).toEqual({
          header,
          parts: expected.map((part) => part.join('')),
          rows: expected.map((part) => part.length),
        });
      },
    ),
  );
});

test('a file of two bytes a character is known by how it begins', () => {
  expect(isWide(Buffer.from('\ufeffa,b', 'utf16le'))).toBe(true);
  expect(isWide(Buffer.from('\ufeffa,b'))).toBe(false);
});
