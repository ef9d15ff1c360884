import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Block } from '../../../../shared/outputs/blocks/block';
import { encodeBlocks, type EncodedRows } from '../../../../shared/outputs/blocks/encodeBlocks';
import { writeFileEnds } from '../../../../shared/outputs/blocks/fileEnds';
import { layoutText } from '../../../../shared/outputs/blocks/layout';
import { rowOutputOf, type RowOutput } from '../../../../shared/outputs/blocks/rowOutput';
import { readParquet } from '../../../support/parquet';

const python = join(__dirname, '../../../../shared/scoring/python');

describe('the blocks of a mini-batch', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'batchpoint-blocks-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const path = (name: string): string => join(folder, name);

  function outputOf(outputOptions: Parameters<typeof rowOutputOf>[0]['outputOptions']): RowOutput {
    const output = rowOutputOf({ outputAction: 'AppendRow', outputOptions });
    if (output === undefined) throw new Error('The output is as Azure writes it.');
    return output;
  }

  function encode(
    output: RowOutput,
    miniBatch: number,
    blocks: readonly Block[] | string,
    at = 0,
  ): EncodedRows {
    const text =
      typeof blocks === 'string' ? blocks : blocks.map((block) => `${JSON.stringify(block)}\n`).join('');
    writeFileSync(path('blocks'), text);
    const bytes = Buffer.byteLength(text);
    const source = { miniBatch, files: ['a.csv', 'b.csv'] };
    return encodeBlocks({ source, output, blocks: path('blocks'), from: 0, bytes, rows: path('rows'), at });
  }

  /** The whole file that the rows make. */
  function fileOf(output: RowOutput, layout: string): Buffer {
    writeFileSync(path('layout'), layout);
    writeFileEnds({ output, layout: path('layout'), head: path('head'), tail: path('tail'), lenient: false });
    const rows = layout === '' ? Buffer.alloc(0) : readFileSync(path('rows'));
    return Buffer.concat([readFileSync(path('head')), rows, readFileSync(path('tail'))]);
  }

  const block = (values: readonly (number | null)[], more: Partial<Block> = {}): Block => ({
    columns: [{ name: 'n', type: values.every((value) => value === null) ? 'null' : 'int64' }],
    values: [values],
    count: values.length,
    ...{ row: 0, file: 0, each: false, open: false },
    ...more,
  });

  test('of several small files become one row group, with columns of nulls in the type of the others', async () => {
    const output = outputOf({ format: 'parquet', include: ['file', 'row'] });
    const { layout, bytes } = encode(output, 0, [
      block([null]),
      block([1, 2], { file: 1, row: 7 }),
      block([null]),
    ]);
    const { rows, metadata } = await readParquet(fileOf(output, layout + layoutText({ rowBytes: bytes })));
    expect(metadata.row_groups).toHaveLength(1);
    expect(rows).toEqual([
      { file: 'a.csv', row: 0n, n: null },
      { file: 'b.csv', row: 7n, n: 1n },
      { file: 'b.csv', row: 8n, n: 2n },
      { file: 'a.csv', row: 0n, n: null },
    ]);
  });

  test('of mini-batches with nothing but nulls fit the type that others bring, whichever comes first', async () => {
    const output = outputOf({ format: 'parquet' });
    const first = encode(output, 0, [block([null, null])]);
    const second = encode(output, 1, [block([3])], first.bytes);
    const layout = first.layout + second.layout + layoutText({ rowBytes: first.bytes + second.bytes });
    expect((await readParquet(fileOf(output, layout))).rows).toEqual([{ n: null }, { n: null }, { n: 3n }]);
  });

  test('that are none make files with the columns that are declared', async () => {
    const columns: [string, { name: string; type: 'int64' }] = ['a', { name: 'b', type: 'int64' }];
    const parquet = fileOf(outputOf({ format: 'parquet', columns, include: ['row'] }), '');
    const { rows, metadata } = await readParquet(parquet);
    expect(rows).toEqual([]);
    expect(metadata.schema.slice(1).map(({ name, type }) => [name, type])).toEqual([
      ['row', 'INT64'],
      ['a', 'BYTE_ARRAY'],
      ['b', 'INT64'],
    ]);
    expect(fileOf(outputOf({ header: true, columns }), '').toString()).toBe('a,b\n');
    expect(fileOf(outputOf({ header: true }), '').toString()).toBe('');
  });

  test('of which a whole number does not fit 64 bits are a misfit in Parquet, and none in CSV', () => {
    const large = { ...block([0]), values: [['9223372036854775808']] };
    expect(() => encode(outputOf({ format: 'parquet' }), 0, [large])).toThrow(
      expect.objectContaining({
        code: 'ResultValueMisfit',
        fields: { column: 'n', row: 0, value: '9223372036854775808', type: 'int64' },
      }),
    );
    encode(outputOf({ format: 'csv' }), 0, [large]);
    expect(readFileSync(path('rows'), 'utf8')).toBe('9223372036854775808\n');
  });

  test('that something else has written are no blocks', () => {
    expect(() => encode(outputOf({ format: 'csv' }), 0, 'hello\n')).toThrow(SyntaxError);
    expect(() => encode(outputOf({ format: 'csv' }), 0, '{"columns":[],"values":[],"count":1}\n')).toThrow(
      'it is no block',
    );
  });

  test('of a result of a million elements are of a constant size, and so are their row groups', async () => {
    const script = `
import sys
sys.path.insert(0, ${JSON.stringify(python)})
from blocks import blocks_of
lines, count = blocks_of([i for i in range(1000000)], 1)
with open(${JSON.stringify(path('large'))}, "wb") as file:
    file.writelines(lines)
lines, count = blocks_of(["x" * 1000] * 20000, 1)
print(max(len(line) for line in lines))
`;
    const longest = Number(execFileSync('python3', ['-c', script]).toString());
    expect(longest).toBeLessThanOrEqual(8 << 20);
    const output = outputOf({ format: 'parquet' });
    const source = { miniBatch: 0, files: ['a'] };
    const { size } = statSync(path('large'));
    const order = { source, output, blocks: path('large'), from: 0, bytes: size, rows: path('rows'), at: 0 };
    const { layout, bytes } = encodeBlocks(order);
    const { rows, metadata } = await readParquet(fileOf(output, layout + layoutText({ rowBytes: bytes })));
    expect(metadata.row_groups.map((group) => Number(group.num_rows))).toEqual([
      ...Array.from({ length: 15 }, () => 65536),
      1000000 - 15 * 65536,
    ]);
    expect([rows.length, rows[0], rows[999999]]).toEqual([
      1000000,
      { prediction: 0n },
      { prediction: 999999n },
    ]);
  });
});
