import type { Job } from '../../../shared/jobs/jobStore';
import { readParquet } from '../../support/parquet';
import { useWorkspace } from '../../support/useWorkspace';

const script = `
import datetime, os
def run(mini_batch):
    rows = []
    for path in mini_batch:
        n = int(open(path).read())
        rows.append({"n": n, "big": 2**62 + n, "half": n / 2, "text": f"té{n}", "raw": bytes([n, 255]), "even": n % 2 == 0,
                     "day": datetime.date(2026, 1, 1 + n), "when": datetime.datetime(2026, 1, 2, 3, 4, 5, 678901),
                     "rare": "x" if n == 4 else None, "more": {"n": [n]}})
    return rows
`;

describe('a Parquet output', () => {
  const workspace = useWorkspace();

  async function bytesOf(job: Job): Promise<Uint8Array> {
    expect(job.run.error).toBeUndefined();
    const name = `named-outputs/score/${job.spec.output.fileName}`;
    return (await workspace().services.jobFiles.read(job, name)).bytes;
  }

  test('has the rows of all mini-batches in their types, one row group for each', async () => {
    await workspace().endpoint('typed', script, { miniBatchSize: 2, outputOptions: { format: 'parquet' } });
    const job = await workspace().run(await workspace().invoke('typed', workspace().inputs(5)));
    const { rows, metadata } = await readParquet(await bytesOf(job));
    expect(metadata.row_groups.map((group) => Number(group.num_rows))).toEqual([2, 2, 1]);
    expect(rows).toEqual(
      [0, 1, 2, 3, 4].map((n) => ({
        n: BigInt(n),
        big: 2n ** 62n + BigInt(n),
        half: n / 2,
        text: `té${n}`,
        raw: Uint8Array.from([n, 255]),
        even: n % 2 === 0,
        day: new Date(Date.UTC(2026, 0, 1 + n)),
        when: new Date(Date.UTC(2026, 0, 2, 3, 4, 5, 678)),
        rare: n === 4 ? 'x' : null,
        more: { n: [n] },
      })),
    );
  });

  test('is the same to the last byte whatever the parallelism', async () => {
    const outputOptions = { format: 'parquet', include: ['file', 'row', 'mini_batch'] };
    await workspace().endpoint('lanes', script, { miniBatchSize: 3, outputOptions });
    const input = workspace().inputs(25);
    const run = async (instanceCount: number): Promise<Uint8Array> =>
      bytesOf(
        await workspace().run(await workspace().invoke('lanes', input, { compute: { instanceCount } })),
      );
    const alone = await run(1);
    expect(Buffer.compare(alone, await run(8))).toBe(0);
    const { rows } = await readParquet(alone);
    expect(rows.map(({ file, row, mini_batch: miniBatch }) => [file, row, miniBatch])).toEqual(
      Array.from({ length: 25 }, (_, n) => [
        `f${String(n).padStart(6, '0')}.txt`,
        BigInt(n % 3),
        BigInt(Math.floor(n / 3)),
      ]),
    );
  });

  test('names the mini-batch that breaks its schema, and keeps the rows that fit', async () => {
    const other =
      'def run(mini_batch):\n    n = int(open(mini_batch[0]).read())\n    return [n if n < 3 else "three"]\n';
    await workspace().endpoint('breaks', other, { outputOptions: { format: 'parquet' } });
    const job = await workspace().run(await workspace().invoke('breaks', workspace().inputs(5)));
    expect(job.run).toMatchObject({
      state: 'Failed',
      error: {
        code: 'OutputSchemaDiffers',
        message: expect.stringMatching(
          /mini-batch 3 has prediction string, and mini-batch 0 has prediction int64/,
        ),
      },
    });
    const partial = await workspace().services.jobFiles.read(job, 'partial/predictions.parquet');
    expect((await readParquet(partial.bytes)).rows).toEqual(
      [0n, 1n, 2n].map((prediction) => ({ prediction })),
    );
  });
});
