import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProductHost } from '../../bench/product/productHost';
import { until } from '../../bench/product/until';

const files = 40;
const hour = 3_600_000;

const script = `
import time
def run(mini_batch):
    time.sleep(0.05)
    return [open(path).read() for path in mini_batch]
`;

describe('a job while the clock of the host jumps', () => {
  const shiftFile = join(tmpdir(), `batchpoint-shift-${process.pid}`);
  const host = new ProductHost({
    NODE_OPTIONS: `--require ${join(__dirname, '../support/shiftedClock.js')}`,
    BATCHPOINT_TEST_SHIFT: shiftFile,
    BATCHPOINT_CLAIM_SECONDS: '0.1',
  });
  let shift = 0;

  beforeAll(async () => {
    host.now = () => new Date(Date.now() + shift);
    await host.start();
    const settings = {
      miniBatchSize: 1,
      resources: { instanceCount: 2 },
      retrySettings: { timeout: 'PT5S' },
    };
    await host.endpoint('jumps', script, settings);
    host.inputs(files);
  });

  afterAll(async () => {
    await host.close();
  });

  /** Sets the clock of the host, and waits until it shows in what the host answers. */
  async function jump(milliseconds: number): Promise<void> {
    writeFileSync(shiftFile, String(milliseconds));
    process.kill(host.pid, 'SIGUSR2');
    shift = milliseconds;
    await until(
      async () => (await host.request('GET', '/jobs')).status,
      (status) => status === 200,
    );
  }

  test.each([
    ['back by an hour', [-hour]],
    ['forward by a day', [24 * hour]],
    ['forward by a day and back again', [24 * hour, 0]],
  ])('%s gives its rows, ends, and shows times in order', async (_what, jumps) => {
    await jump(0);
    const { name } = await host.invoke('jumps', join(host.folder, 'input'));
    for (const [i, milliseconds] of jumps.entries()) {
      await until(
        () => host.job(name),
        ({ properties }) => (properties.progress['filesDone'] ?? 0) > 4 + 10 * i,
      );
      await jump(milliseconds);
    }
    const { properties } = await host.finished(name);
    expect(properties).toMatchObject({
      status: 'Completed',
      progress: { filesDone: files, filesFailed: 0, tries: files },
    });
    expect(properties.warnings).toEqual([]);
    const rows = await host.file(name, 'named-outputs/score/predictions.csv');
    expect(rows).toBe(Array.from({ length: files }, (_, i) => `${i}\n`).join(''));
    const { created = '', ended = '', ...between } = properties.times;
    for (const time of Object.values(between)) {
      expect(time >= created).toBe(true);
      expect(time <= ended).toBe(true);
    }
  });
});
