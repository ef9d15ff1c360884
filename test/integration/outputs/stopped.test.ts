import { readParquet } from '../../support/parquet';
import { useOutputs } from '../../support/useOutputs';

describe('the partial rows of a job that its threshold has stopped', () => {
  const { scored, workspace, bytes } = useOutputs();
  const body = 'n = int(open(paths[0]).read())\nif n == 3: raise ValueError("no")\nreturn [{"n": n}]';
  const more = {
    files: 6,
    settings: { miniBatchSize: 1, errorThreshold: 0, retrySettings: { maxRetries: 1 } },
  };

  test('have the header of their columns', async () => {
    const job = await scored(body, { header: true, include: ['file'] }, more);
    expect(job.run.error?.code).toBe('ErrorThresholdExceeded');
    expect(await workspace().file(job, 'partial/predictions.csv')).toMatch(
      /^file,n\nf000000.txt,0\nf000001.txt,1\nf000002.txt,2\n/,
    );
  });

  test('are a whole Parquet file', async () => {
    const job = await scored(body, { format: 'parquet' }, more);
    expect(job.run.error?.code).toBe('ErrorThresholdExceeded');
    const { rows } = await readParquet(await bytes(job, 'partial/predictions.parquet'));
    expect(rows.slice(0, 3)).toEqual([{ n: 0n }, { n: 1n }, { n: 2n }]);
  });
});
