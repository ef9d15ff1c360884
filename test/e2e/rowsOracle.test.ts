import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { packagesPython } from '../support/pythonPackages';
import { ProductHost } from '../../bench/product/productHost';
import { awkwardScript, oracleRows } from '../support/rowsOracle';

describe('the rows of a job', () => {
  let host: ProductHost;
  let input: string;
  let expected: string;

  beforeAll(async () => {
    const python = await packagesPython();
    host = new ProductHost({
      BATCHPOINT_PYTHON: python,
      BATCHPOINT_CLAIM_SECONDS: '0.3',
      BATCHPOINT_MAX_PARALLELISM: '4',
    });
    await host.start();
    await host.endpoint('oracle', awkwardScript, { miniBatchSize: 5 });
    input = host.inputs(700);
    expected = oracleRows(host, python, { endpoint: 'oracle', input, miniBatchSize: 5 });
  });

  afterAll(async () => {
    await host.close();
  });

  async function check(name: string): Promise<void> {
    const job = await host.finished(name);
    expect(job.properties).toMatchObject({
      status: 'Completed',
      progress: { filesDone: 700, filesFailed: 100 },
    });
    expect(await host.file(name, 'named-outputs/score/predictions.csv')).toBe(expected);
  }

  test.each([1, 2, 4])('are byte for byte those of the bare loop, with %s scorers', async (instanceCount) => {
    await check((await host.invoke('oracle', input, { compute: { instanceCount } })).name);
  });

  test('are the same when scorers are killed on the way', async () => {
    const deaths = dirname(host.write('deaths/none', ''));
    const { name } = await host.invoke('oracle', input, {
      compute: { instanceCount: 4 },
      environmentVariables: { DIES: deaths },
      retrySettings: { maxRetries: 3 },
    });
    await check(name);
    expect(readdirSync(deaths).length).toBeGreaterThan(10);
  });

  test('are the same when the host is killed on the way', async () => {
    const { name } = await host.invoke('oracle', input, { compute: { instanceCount: 4 } });
    for (const milliseconds of [900, 1300]) {
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      await host.kill();
      await host.start();
    }
    await check(name);
  });
});
