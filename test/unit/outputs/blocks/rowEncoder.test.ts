import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EncodedRows } from '../../../../shared/outputs/blocks/encodeBlocks';
import { RowEncoder } from '../../../../shared/outputs/blocks/rowEncoder';
import type { RowOutput } from '../../../../shared/outputs/blocks/rowOutput';

describe('the thread that encodes rows', () => {
  const output: RowOutput = {
    format: 'csv',
    delimiter: ',',
    header: false,
    include: [],
    formulaEscape: false,
  };
  const line =
    '{"columns":[{"name":"n","type":"int64"}],"values":[[1,2]],"count":2,"row":0,"file":0,"each":false,"open":false}\n';
  let folder: string;
  let encoder: RowEncoder;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'batchpoint-encoder-'));
    encoder = new RowEncoder();
  });
  afterEach(async () => {
    await encoder.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function rows(text: string, name = 'rows'): Promise<EncodedRows> {
    writeFileSync(join(folder, 'blocks'), text);
    const source = { miniBatch: 0, files: ['a'] };
    const place = {
      blocks: join(folder, 'blocks'),
      from: 0,
      bytes: text.length,
      rows: join(folder, name),
      at: 0,
    };
    return encoder.rows({ source, output, ...place });
  }

  test('answers each order, also several at once', async () => {
    const all = await Promise.all([rows(line, 'one'), rows(line, 'two')]);
    expect(all.map(({ bytes }) => bytes)).toEqual([4, 4]);
    expect(readFileSync(join(folder, 'two'), 'utf8')).toBe('1\n2\n');
  });

  test('says what it cannot read, and goes on', async () => {
    await expect(rows('what a script has written\n')).rejects.toMatchObject({
      code: 'RowsNotEncoded',
      retryable: true,
    });
    expect(await rows(line)).toMatchObject({ bytes: 4 });
  });

  // /dev/full answers every write as a full disk does.
  test('tells of a full disk', async () => {
    symlinkSync('/dev/full', join(folder, 'full'));
    await expect(rows(line, 'full')).rejects.toMatchObject({ code: 'StoreFull' });
  });

  test('that was ended starts anew with the next order', async () => {
    await rows(line);
    await encoder.close();
    expect(await rows(line)).toMatchObject({ bytes: 4 });
  });
});
