import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BlobServiceClient } from '@azure/storage-blob';
import { ProductHost } from '../../bench/product/productHost';
import { startAzurite, type Azurite } from '../support/azurite';
import { packagesPython } from '../support/pythonPackages';
import { readWithPyarrow } from '../support/readWithPyarrow';

const files = 120;

/** A table for each mini-batch, with what tables have in them. */
const script = `
import os, numpy, pandas
def run(mini_batch):
    n = [int(open(path).read()) for path in mini_batch]
    return pandas.DataFrame({
        "n": n,
        "score": numpy.array(n, dtype="float32") / numpy.float32(10),
        "rest": pandas.array([value if value % 2 else None for value in n], dtype="Int64"),
        "text": [f"é{value}, \\"x\\"" for value in n],
        "kind": pandas.Categorical(["even" if value % 2 == 0 else "odd" for value in n]),
        "when": pandas.to_datetime([f"2026-01-01T00:00:{value % 60:02d}.123456789" for value in n]),
        "flag": [value > 3 for value in n],
        "never": [None] * len(n),
        "late": ["x" if value > 100 else None for value in n],
        7: [[value] for value in n],
    })
`;

describe.each(['local', 'azure'])('an output in another format, in a %s store', (storage) => {
  let azurite: Azurite | undefined;
  let host: ProductHost;
  let python: string;
  let input: string;

  beforeAll(async () => {
    python = await packagesPython();
    azurite = storage === 'azure' ? await startAzurite() : undefined;
    host = new ProductHost({
      ...(azurite === undefined
        ? {}
        : { BATCHPOINT_STORAGE: 'azure', AzureWebJobsStorage: azurite.connectionString }),
      BATCHPOINT_PYTHON: python,
      BATCHPOINT_CLAIM_SECONDS: '0.3',
      BATCHPOINT_MAX_PARALLELISM: '8',
    });
    await host.start();
    await host.endpoint('tables', script, { miniBatchSize: 4 });
    input = host.inputs(files);
  });

  afterAll(async () => {
    await host.close();
    await azurite?.stop();
  });

  /** Runs a job and puts its predictions into a file of this machine. */
  async function predictions(properties: object, disturb?: () => Promise<void>): Promise<string> {
    const { name } = await host.invoke('tables', input, properties);
    await disturb?.();
    const job = await host.finished(name);
    expect(job.properties).toMatchObject({ status: 'Completed', progress: { rows: files, filesFailed: 0 } });
    const uri = job.properties.outputUri ?? '';
    if (azurite === undefined) return fileURLToPath(uri);
    const path = join(host.folder, `${name}-${uri.slice(uri.lastIndexOf('/') + 1)}`);
    const blobs = BlobServiceClient.fromConnectionString(azurite.connectionString);
    const blob = blobs
      .getContainerClient('workspaceblobstore')
      .getBlobClient(`azureml/${name}/score/${uri.slice(uri.lastIndexOf('/') + 1)}`);
    writeFileSync(path, await blob.downloadToBuffer());
    return path;
  }

  const lanes = (instanceCount: number): object => ({ compute: { instanceCount } });

  test('is a Parquet file that pyarrow and pandas read, with the types of the tables', async () => {
    const outputOptions = { format: 'parquet', include: ['file', 'row', 'mini_batch'] };
    const path = await predictions({ outputOptions, ...lanes(4) });
    expect(path).toMatch(/predictions\.parquet$/);
    const facts = readWithPyarrow(python, path, { column: 'n', least: 100 });
    expect(facts.schema).toEqual({
      file: 'string',
      row: 'int64',
      mini_batch: 'int64',
      n: 'int64',
      score: 'double',
      rest: 'int64',
      text: 'string',
      kind: 'string',
      when: 'timestamp[us, tz=UTC]',
      flag: 'bool',
      never: 'string',
      late: 'string',
      7: expect.stringMatching(/json|string/),
    });
    expect(facts.groups).toEqual(Array.from({ length: files / 4 }, () => 4));
    expect(facts.codecs).toEqual(['SNAPPY']);
    expect(facts.found).toBe(20);
    expect(facts.bounds).toMatchObject({
      n: [0, 3],
      score: [-0, 0.3],
      kind: ['even', 'odd'],
      flag: [false, false],
    });
    expect(facts.rows).toHaveLength(files);
    expect(facts.rows[101]).toEqual({
      file: 'f000101.txt',
      row: 1,
      mini_batch: 25,
      n: 101,
      score: 10.1,
      rest: 101,
      text: 'é101, "x"',
      kind: 'odd',
      when: '2026-01-01 00:00:41.123456+00:00',
      flag: true,
      never: null,
      late: 'x',
      7: '[101]',
    });
    expect(facts.rows[100]).toMatchObject({ rest: null, late: null });
  });

  test('is the same to the last byte for 1 and 8 scorers, and where the host is killed on the way', async () => {
    for (const outputOptions of [{ format: 'parquet' }, { format: 'csv', header: true }]) {
      const alone = readFileSync(await predictions({ outputOptions, ...lanes(1) }));
      const many = readFileSync(await predictions({ outputOptions, ...lanes(8) }));
      const killed = await predictions({ outputOptions, ...lanes(4) }, async () => {
        await new Promise((resolve) => setTimeout(resolve, 900));
        await host.kill();
        await host.start();
      });
      expect(many.equals(alone)).toBe(true);
      expect(readFileSync(killed).equals(alone)).toBe(true);
    }
  });

  test('is CSV with a header that pandas reads as the same table', async () => {
    const path = await predictions({ outputOptions: { format: 'csv', header: true } });
    const lines = readFileSync(path, 'utf8').split('\n');
    expect(lines.slice(0, 3)).toEqual([
      'n,score,rest,text,kind,when,flag,never,late,7',
      '0,0,,"é0, ""x""",even,2026-01-01T00:00:00.123456789,false,,,[0]',
      '1,0.1,1,"é1, ""x""",odd,2026-01-01T00:00:01.123456789,false,,,[1]',
    ]);
    expect(lines).toHaveLength(files + 2);
  });
});
