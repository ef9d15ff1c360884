import { ProductHost } from '../../bench/product/productHost';
import { until } from '../../bench/product/until';
import { SmallDisk } from '../support/smallDisk';

const files = 150;

const script = `
import time
def run(mini_batch):
    time.sleep(0.02)
    return [open(path).read() + ' ' + 'x' * 20000 for path in mini_batch]
`;

const expected = Array.from({ length: files }, (_, i) => `${i} ${'x'.repeat(20_000)}\n`).join('');

describe('a host of which the state folder has no room left', () => {
  let disk: SmallDisk;
  let host: ProductHost;

  beforeAll(async () => {
    disk = SmallDisk.mount(24);
    host = new ProductHost({ BATCHPOINT_CLAIM_SECONDS: '0.2' }, [], disk.folder);
    await host.start();
    await host.endpoint('fills', script, { miniBatchSize: 1, resources: { instanceCount: 2 } });
    host.inputs(files);
  });

  afterAll(async () => {
    await host.close();
    disk.unmount();
  });

  async function expectWhole(name: string): Promise<void> {
    const { properties } = await host.finished(name);
    expect(properties).toMatchObject({
      status: 'Completed',
      progress: { filesDone: files, filesFailed: 0, rows: files },
    });
    expect(await host.file(name, 'named-outputs/score/predictions.csv')).toBe(expected);
  }

  test('fails its job, or ends where not even that can be written down, and goes on when there is room', async () => {
    const { name } = await host.invoke('fills', `${host.folder}/input`);
    await until(
      () => host.job(name),
      ({ properties }) => (properties.progress['filesDone'] ?? 0) > 10,
    );
    // What the host removes is taken at once.
    const filling = setInterval(() => disk.fill(), 20);
    const first = await Promise.race([
      host.ended().then(() => 'the host has ended'),
      host.finished(name).then(({ properties }) => properties),
    ]);
    clearInterval(filling);
    disk.empty();
    if (typeof first === 'string') {
      expect(host.log).toContain('Stopping: its jobs go on when it is started again.');
      expect(host.log).toMatch(/critical Host: StoreFull: The store \S+ has no room left .*\. Make room/);
      await host.start();
    }
    const { properties } = await host.finished(name);
    if (properties.status === 'Completed') return expectWhole(name);
    expect(properties).toMatchObject({
      status: 'Failed',
      error: { code: 'StoreFull' },
      progress: { filesFailed: 0 },
    });
    const resumed = await host.ask('POST', '/batchEndpoints/fills/jobs', {
      properties: { rerun: { job: name, mode: 'resume' } },
    });
    return expectWhole((resumed as { name: string }).name);
  });
});
