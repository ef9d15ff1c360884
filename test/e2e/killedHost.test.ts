import { join } from 'node:path';
import { ProductHost } from '../../bench/product/productHost';

/** Gives the rows of a part as one line. */
const splitScript = `
import time
def run(mini_batch):
    time.sleep(0.01)
    return [open(path).read().replace('text\\n', '').replace('\\n', '|') for path in mini_batch]
`;

describe('a host that is killed and started again', () => {
  const host = new ProductHost({ BATCHPOINT_CLAIM_SECONDS: '0.5' });

  beforeAll(async () => {
    await host.start();
  });

  afterAll(async () => {
    await host.close();
  });

  test.each([0, 40, 120, 300, 600])(
    'gives the rows of split files the same, when killed %s ms after the invocation',
    async (milliseconds) => {
      const rowsOf = (file: string): string[] => Array.from({ length: 1_000 }, (_, i) => `${file} ${i}\n`);
      const files = ['a.csv', 'more/b.csv'];
      for (const file of files) host.write(`rows/${file}`, `text\n${rowsOf(file).join('')}`);
      await host.endpoint('split', splitScript, {
        miniBatch: { by: 'rows', size: 25 },
        resources: { instanceCount: 2 },
      });
      const { name } = await host.invoke('split', join(host.folder, 'rows'));
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      await host.kill();
      await host.start();
      const job = await host.finished(name);
      expect(job.properties).toMatchObject({
        status: 'Completed',
        progress: { miniBatchesDone: 80, filesDone: 80, filesFailed: 0, rows: 80 },
      });
      const expectedRows = files.flatMap(rowsOf).join('');
      const found = (await host.file(name, 'named-outputs/score/predictions.csv')).replaceAll('|', '\n');
      expect(found.replaceAll('\n\n', '\n')).toBe(expectedRows);
    },
  );
});

describe('a mini-batch that takes the whole host down', () => {
  const host = new ProductHost();

  beforeAll(async () => {
    await host.start();
  });

  afterAll(async () => {
    await host.close();
  });

  test('ends as a failed mini-batch, not as a failed job', async () => {
    const poison = `
import os, signal
def run(mini_batch):
    if open(mini_batch[0]).read() == '3':
        os.kill(os.getppid(), signal.SIGKILL)
        signal.pause()
    return [open(mini_batch[0]).read()]
`;
    await host.endpoint('poison', poison, {
      miniBatchSize: 1,
      retrySettings: { maxRetries: 2, timeout: 'PT20S' },
    });
    const { name } = await host.invoke('poison', host.inputs(6));
    // The first delivery is not noted; two that are noted and lost are proof, and charged.
    for (let deaths = 0; deaths < 3; deaths++) {
      await host.ended();
      await host.start();
    }
    const job = await host.finished(name);
    expect(job.properties).toMatchObject({ status: 'Completed', progress: { filesFailed: 1, rows: 5 } });
    expect(job.properties.failures?.[0]).toMatchObject({ code: 'HostTakenDown', miniBatch: 3, tries: 2 });
    expect(await host.file(name, 'named-outputs/score/predictions.csv')).toBe('0\n1\n2\n4\n5\n');
  });
});
