import { ProductHost, type ShownJob } from '../../bench/product/productHost';
import { until } from '../../bench/product/until';

const echo = `
def run(mini_batch):
    return [open(path).read() for path in mini_batch]
`;

describe('a trigger on a host that stops when there is nothing to do', () => {
  const parameters: string[] = [];
  const host = new ProductHost({}, parameters);

  afterAll(async () => {
    await host.close();
  });

  test('has files that land while no host runs scored by the next one, and each once', async () => {
    await host.start();
    await host.endpoint('echo', echo, { miniBatchSize: 1 });
    const folder = `${host.folder}/landing`;
    await host.ask('PUT', '/datastores/landing', { properties: { datastoreType: 'LocalFolder', folder } });
    await host.ask('PUT', '/triggers/arrivals', {
      properties: { endpoint: 'echo', watch: { datastore: 'landing', path: 'in' } },
    });
    await host.kill();

    host.write('landing/in/first.csv', 'first');
    parameters.push('--idle-seconds', '1');
    await host.start();
    // The trigger does not keep the host; the file does, until it is scored.
    await host.ended();

    host.write('landing/in/second.csv', 'second');
    host.write('landing/elsewhere/third.csv', 'third');
    parameters.length = 0;
    await host.start();
    expect((await scored())[0]).toBe('first');
    await until(scored, ({ length }) => length === 2);
    host.write('landing/in/last.csv', 'last');
    await until(scored, ({ length }) => length === 3);
    expect(await scored()).toEqual(['first', 'last', 'second']);
  });

  /** What the files of the jobs that have completed said. */
  async function scored(): Promise<string[]> {
    const { value } = (await host.ask('GET', '/batchEndpoints/echo/jobs')) as { value: ShownJob[] };
    const done = value.filter(({ properties }) => properties.status === 'Completed');
    const rows = done.map(({ name }) => host.file(name, 'named-outputs/score/predictions.csv'));
    return (await Promise.all(rows)).map((text) => text.trim()).sort();
  }
});
