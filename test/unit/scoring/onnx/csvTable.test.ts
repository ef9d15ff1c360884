import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { CsvTable } from '../../../../shared/scoring/onnx/csvTable';

const folder = mkdtempSync(join(tmpdir(), 'batchpoint-csv-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The names and all cells of a file, or of a part of one whose first row has a number. */
async function read(content: string | Buffer, firstRow?: number): Promise<string[][]> {
  const path = join(folder, 'table.csv');
  writeFileSync(path, content);
  const table = await CsvTable.open(path, firstRow);
  try {
    const rows: string[][] = [[...table.columns]];
    for await (const block of table.blocks()) {
      const columns = table.columns.map((_, column) => block.texts(column, 0, block.rows));
      for (let row = 0; row < block.rows; row++) rows.push(columns.map((cells) => cells[row] ?? ''));
    }
    return rows;
  } finally {
    await table.close();
  }
}

describe('a CSV file is read', () => {
  const expected = [
    ['a', 'b'],
    ['1', 'x y'],
    ['2', ''],
  ];

  test.each([
    ['with line feeds', 'a,b\n1,x y\n2,\n'],
    ['without an end of its last line', 'a,b\n1,x y\n2,'],
    ['with carriage returns and line feeds', 'a,b\r\n1,x y\r\n2,\r\n'],
    ['with carriage returns alone', 'a,b\r1,x y\r2,\r'],
    ['with a byte order mark', '\ufeffa,b\n1,x y\n2,\n'],
    ['with empty lines', '\na,b\n\n1,x y\r\n\r\n2,\n\n\n'],
    ['with quotes around everything', '"a","b"\n"1","x y"\n"2",""\n'],
  ])('%s', async (_, content) => {
    expect(await read(content)).toEqual(expected);
  });

  test('with commas, quotes and ends of lines in quoted fields', async () => {
    const content = 'a,b\n"1,5","say ""hi"""\n"two\nlines","three\r\nmore\r\nlines"\n7",6\n';
    expect(await read(content)).toEqual([
      ['a', 'b'],
      ['1,5', 'say "hi"'],
      ['two\nlines', 'three\r\nmore\r\nlines'],
      ['7"', '6'],
    ]);
  });

  test('with other letters than those of English', async () => {
    expect(await read('größe,名前\nä,日本\n')).toEqual([
      ['größe', '名前'],
      ['ä', '日本'],
    ]);
  });

  test('with a name that is there twice, which gets a number', async () => {
    expect((await read('a,a,b,a\n1,2,3,4\n'))[0]).toEqual(['a', 'a.1', 'b', 'a.2']);
  });

  test('with a name that is empty, as that of an index is, which gets its position', async () => {
    expect((await read(',a,""\n0,1,2\n'))[0]).toEqual(['Unnamed: 0', 'a', 'Unnamed: 2']);
  });

  test('with names and no rows', async () => {
    expect(await read('a,b\n')).toEqual([['a', 'b']]);
  });

  test('in pieces, wherever these are cut', async () => {
    const rows = Array.from({ length: 60_000 }, (_, i) => [
      `${i}`,
      `"${'x'.repeat(i % 37)},""\n${i}"`,
      'ü'.repeat(i % 5),
    ]);
    const read1 = await read(`a,b,c\r\n${rows.map((row) => row.join(',')).join('\r\n')}\r\n`);
    expect(read1).toHaveLength(60_001);
    const wanted = rows.map(([a, b, c]) => [a, b?.slice(1, -1).replace('""', '"'), c]);
    expect(read1.slice(1)).toEqual(wanted);
  });

  test('with a record that is longer than a piece', async () => {
    const long = 'y'.repeat(3 << 20);
    expect(await read(`a,b\n1,${long}\n2,z\n`)).toEqual([
      ['a', 'b'],
      ['1', long],
      ['2', 'z'],
    ]);
  });
});

describe('a CSV file is refused, and its line is named,', () => {
  test.each([
    ['empty', '', 'the file is empty'],
    ['with nothing but empty lines', '\n\n', 'the file is empty'],
    [
      'with a row that is too long',
      'a,b\n1,2\n1,2,3\n',
      'line 3 has 3 fields, and the line with the names of the columns has 2',
    ],
    [
      'with a row that is too short',
      'a,b\n"x\ny",2\n1\n',
      'line 4 has 1 field, and the line with the names of the columns has 2',
    ],
    ['with a quote that is never closed', 'a,b\n1,2\n"3,4\n5,6\n', 'begins in line 3 is never closed'],
    ['with text behind a quote', 'a,b\n"1"x,2\n', 'in line 2 there is text after the end of a quoted field'],
    [
      'in Latin-1',
      Buffer.from('a,b\n1,2\ncaf\u00e9,3\n', 'latin1'),
      "line 3 is not UTF-8; read as Latin-1 it is 'caf\u00e9,3'",
    ],
    ['in UTF-16', Buffer.from('\ufeffa,b\n', 'utf16le'), 'the file is UTF-16'],
    ['packed', gzipSync('a,b\n1,2\n'), 'the file is gzip, and CSV files are read as UTF-8 text'],
  ])('where it is %s', async (_, content, message) => {
    await expect(read(content)).rejects.toMatchObject({ name: 'InputFileError' });
    await expect(read(content)).rejects.toThrow(message);
  });
});

describe('of a part of a file, rows are named as in the whole file', () => {
  test.each([
    ['a row that is too short', 'a,b\n1,2\n\n"x\ny",2\n1\n', 'row 42 has 1 field'],
    ['a quote that is never closed', 'a,b\n1,2\n"3,4\n', 'begins in row 41 is never closed'],
    ['text behind a quote', 'a,b\n"1"x,2\n', 'in row 40 there is text'],
    ['other bytes than UTF-8', Buffer.from('a,b\ncaf\u00e9,3\n', 'latin1'), 'a line is not UTF-8'],
  ])('where there is %s', async (_, content, message) => {
    await expect(read(content, 40)).rejects.toThrow(message);
  });
});
