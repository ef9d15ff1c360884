import { join } from 'node:path';
import { ByteWriter, parquetWriteBuffer, ParquetWriter } from 'hyparquet-writer';
import { FileServer } from '../../support/fileServer';
import { deployModel, onnxModel } from '../../support/scriptlessModel';
import { useWorkspace } from '../../support/useWorkspace';

const count = 25;
const numbers = (factor: number): number[] => Array.from({ length: count }, (_, i) => i * factor);
const columns = { x: numbers(1), y: numbers(0.5), z: numbers(100) };
const csv = `x,y,z\n${columns.x.map((x, i) => `${x},${columns.y[i] ?? 0},${columns.z[i] ?? 0}`).join('\n')}\n`;

/** The same rows in row groups of ten. */
const parquet = (): Buffer =>
  Buffer.from(
    parquetWriteBuffer({
      columnData: Object.entries(columns).map(([name, data]) => ({ name, data, type: 'DOUBLE' as const })),
      rowGroupSize: 10,
    }),
  );

describe('a model that scores tables split by rows', () => {
  const workspace = useWorkspace();

  beforeAll(async () => {
    await deployModel(workspace(), 'linear', onnxModel('linear'), { resources: { instanceCount: 2 } });
    workspace().write('tables/a.csv', csv);
    workspace().write('tables/sub/b.parquet', parquet());
    workspace().write('tables/sub/c.pqt', parquet());
    workspace().write('tables/small.csv', 'x,y,z\n1,2,3\n');
  });

  async function predictions(
    properties: object,
    input = join(workspace().folder, 'tables'),
  ): Promise<string> {
    const job = await workspace().run(await workspace().invoke('linear', input, properties));
    expect(job.run.error).toBeUndefined();
    expect(job.run.progress.failedFiles).toBe(0);
    expect(job.run.plan?.miniBatches).toBe('miniBatch' in properties ? 22 : 1);
    return workspace().predictions(job);
  }

  test('gives the rows, numbers and names of the whole files', async () => {
    const whole = await predictions({});
    expect(whole.split('\n')).toHaveLength(3 * count + 2);
    expect(await predictions({ miniBatch: { by: 'rows', size: 4 } })).toBe(whole);
  });

  test('gives them in other forms too', async () => {
    const outputOptions = { format: 'jsonl', include: ['file', 'row'] };
    const whole = await predictions({ outputOptions });
    expect(whole).toContain('"file":"sub/b.parquet","row":24');
    expect(await predictions({ outputOptions, miniBatch: { by: 'rows', size: 4 } })).toBe(whole);
  });

  test('reads Parquet files of a URL, which come once for a claim', async () => {
    const server = await FileServer.start();
    try {
      server.givesRanges = true;
      server.put('tables/a.parquet', parquet());
      const path = `${server.url}/account/container/tables`;
      const properties = { dataset: { dataInputType: 'DataUrl', path }, miniBatch: { by: 'rows', size: 10 } };
      const job = await workspace().run(await workspace().invoke('linear', '/', properties));
      expect(job.run).toMatchObject({ state: 'Completed', plan: { miniBatches: 3 } });
      const rows = (await workspace().predictions(job)).trim().split('\n');
      expect(rows.map((row) => row.split(',')[0])).toEqual(columns.x.map(String));
    } finally {
      await server.stop();
    }
  });

  test('fails a Parquet file that is cut off as one file, and no other', async () => {
    workspace().write('cut/a.parquet', parquet().subarray(0, 300));
    workspace().write('cut/b.parquet', parquet());
    const job = await workspace().run(
      await workspace().invoke('linear', join(workspace().folder, 'cut'), {
        miniBatch: { by: 'rows', size: 10 },
      }),
    );
    expect(job.run).toMatchObject({
      state: 'Completed',
      plan: { files: 4 },
      progress: { failedFiles: 1, rows: count },
      failures: [{ files: ['a.parquet'], code: 'FileInvalid' }],
    });
  });

  test('leaves files with maps in their cells whole, and says so', async () => {
    const writer = new ByteWriter();
    const file = new ParquetWriter({
      writer,
      schema: [
        { name: 'root', num_children: 1 },
        { name: 'm', num_children: 1, repetition_type: 'OPTIONAL', converted_type: 'MAP' },
        { name: 'key_value', num_children: 2, repetition_type: 'REPEATED' },
        { name: 'key', type: 'INT32', repetition_type: 'REQUIRED' },
        { name: 'value', type: 'INT32', repetition_type: 'OPTIONAL' },
      ],
    });
    const data = Array.from({ length: 50 }, (_, i) => new Map([[i, i]]));
    await file.write({ columnData: [{ name: 'm', data }] });
    await file.finish();
    workspace().write('maps/a.parquet', Buffer.from(writer.getBytes()));
    const job = await workspace().invoke('linear', join(workspace().folder, 'maps'), {
      miniBatch: { by: 'rows', size: 10 },
    });
    await workspace().activities.plan(job.spec.key);
    const { run } = await workspace().services.jobs.get(job.spec.name);
    expect(run).toMatchObject({
      plan: { files: 1 },
      warnings: ['1 file cannot be split by rows, and goes whole: a.parquet.'],
    });
  });
});
