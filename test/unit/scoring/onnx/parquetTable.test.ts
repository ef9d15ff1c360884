import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetWriteBuffer, type ColumnSource } from 'hyparquet-writer';
import { ParquetTable } from '../../../../shared/scoring/onnx/parquetTable';
import type { TableBlock } from '../../../../shared/scoring/onnx/tableBlock';

const folder = mkdtempSync(join(tmpdir(), 'batchpoint-parquet-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What `look` finds in the blocks of a table. */
async function blocks<T>(
  content: Buffer,
  look: (block: TableBlock, columns: readonly string[]) => T,
  firstRow?: number,
): Promise<T[]> {
  const path = join(folder, 'table.parquet');
  writeFileSync(path, content);
  const table = await ParquetTable.open(path, firstRow);
  try {
    const found: T[] = [];
    for await (const block of table.blocks(table.columns.map((_, i) => i)))
      found.push(look(block, table.columns));
    return found;
  } finally {
    await table.close();
  }
}

function parquet(columnData: ColumnSource[], rowGroupSize = 1000): Buffer {
  return Buffer.from(parquetWriteBuffer({ columnData, rowGroupSize }));
}

test('columns are read in the kind that is asked for', async () => {
  const content = parquet([
    { name: 'double', data: [0.1, null, -2], type: 'DOUBLE' },
    { name: 'whole', data: [1n, -2n, 9007199254740993n], type: 'INT64' },
    { name: 'small', data: [1, 0, 1], type: 'INT32' },
    { name: 'truth', data: [true, false, true], type: 'BOOLEAN' },
    { name: 'text', data: ['a', null, 'ü'], type: 'STRING' },
  ]);
  const [found] = await blocks(content, (block, columns) => ({
    columns,
    numbers: [0, 1, 2, 3].map((column) => [...block.numbers(column, 0, 3)]),
    integers: [1, 2, 3].map((column) => [...block.integers(column, 0, 3)]),
    truths: [2, 3].map((column) => [...block.booleans(column, 0, 3)]),
    texts: [0, 1, 3, 4].map((column) => block.texts(column, 0, 3)),
  }));
  expect(found).toEqual({
    columns: ['double', 'whole', 'small', 'truth', 'text'],
    numbers: [
      [0.1, NaN, -2],
      [1, -2, 9007199254740992],
      [1, 0, 1],
      [1, 0, 1],
    ],
    integers: [
      [1n, -2n, 9007199254740993n],
      [1n, 0n, 1n],
      [1n, 0n, 1n],
    ],
    truths: [
      [1, 0, 1],
      [1, 0, 1],
    ],
    texts: [
      ['0.1', '', '-2.0'],
      ['1', '-2', '9007199254740993'],
      ['True', 'False', 'True'],
      ['a', '', 'ü'],
    ],
  });
});

test('a large file is read some rows at a time, over the ends of its row groups', async () => {
  const rows = 40_000;
  const columns = Array.from({ length: 64 }, (_, column): ColumnSource => {
    return {
      name: `c${column}`,
      data: Float64Array.from({ length: rows }, (_, row) => row + column),
      type: 'DOUBLE',
    };
  });
  let next = 0;
  const sizes = await blocks(parquet(columns, 38_000), (block) => {
    const last = block.numbers(63, 0, block.rows);
    for (const value of last)
      if (value !== 63 + next++) throw new Error(`${value} is not the value of its row`);
    return block.rows;
  });
  expect(next).toBe(rows);
  expect(Math.max(...sizes)).toBeLessThan(33_000);
});

test('a value that is not of the kind is named with its row and column', async () => {
  const content = parquet([{ name: 'x', data: ['1', 'two', null], type: 'STRING' }]);
  const reading = (look: (block: TableBlock) => unknown): Promise<unknown> => blocks(content, look);
  await expect(reading((block) => block.numbers(0, 1, 3))).rejects.toThrow(
    "row 1, column 'x': 'two' is not a number",
  );
  await expect(reading((block) => block.integers(0, 2, 3))).rejects.toThrow(
    "row 2, column 'x': a missing value is not a whole number of 64 bits",
  );
  await expect(reading((block) => block.booleans(0, 0, 2))).rejects.toThrow(
    "row 1, column 'x': 'two' is not true or false",
  );
  const inPart = blocks(content, (block) => block.numbers(0, 0, 3), 40);
  await expect(inPart).rejects.toThrow("row 41, column 'x': 'two' is not a number");
  const whole = parquet([{ name: 'x', data: [1n, 2n], type: 'INT64' }]);
  await expect(blocks(whole, (block) => block.booleans(0, 0, 2))).rejects.toThrow(
    "row 1, column 'x': '2' is not true or false",
  );
});

test.each([
  ['cut in half', (content: Buffer) => content.subarray(0, content.length / 2)],
  [
    'without its middle',
    (content: Buffer) => Buffer.concat([content.subarray(0, 40), content.subarray(-200)]),
  ],
  ['that is a text', () => Buffer.from('a,b\n1,2\n')],
])('a file %s is refused', async (_, spoil) => {
  const content = parquet([
    { name: 'x', data: Float64Array.from({ length: 500 }, Math.sin), type: 'DOUBLE' },
  ]);
  const reading = blocks(spoil(content), (block) => block.numbers(0, 0, block.rows));
  await expect(reading).rejects.toMatchObject({ name: 'InputFileError' });
  await expect(reading).rejects.toThrow('the file is no Parquet that can be read');
});

test('an empty file is refused as such', async () => {
  await expect(blocks(Buffer.alloc(0), () => undefined)).rejects.toThrow(
    'the file is empty, and no Parquet file',
  );
});

test('texts that stand for what is wanted are read as that, as in CSV', async () => {
  const content = parquet([
    { name: 'number', data: ['1.5', 'NA', ' -inf'], type: 'STRING' },
    { name: 'whole', data: ['9007199254740993', '2.0', '1e3'], type: 'STRING' },
    { name: 'truth', data: ['True', 'false', '1'], type: 'STRING' },
  ]);
  const [found] = await blocks(content, (block) => [
    [...block.numbers(0, 0, 3)],
    [...block.integers(1, 0, 3)],
    [...block.booleans(2, 0, 3)],
  ]);
  expect(found).toEqual([
    [1.5, NaN, -Infinity],
    [9007199254740993n, 2n, 1000n],
    [1, 0, 1],
  ]);
});
