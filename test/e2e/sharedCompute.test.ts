import { join } from 'node:path';
import { ProductHost, type ShownJob } from '../../bench/product/productHost';
import { mostAtOnce, runTimes, timedScript, timesVariable, type RunTime } from '../support/runTimes';

/** Long enough to meet others at the border of a claim, and short enough that claims have several. */
const seconds = 0.02;

describe('jobs that share a compute', () => {
  const host = new ProductHost({ BATCHPOINT_CLAIM_SECONDS: '0.1', BATCHPOINT_MAX_PARALLELISM: '6' });

  beforeAll(async () => {
    await host.start();
    await host.endpoint('timed', timedScript(seconds), { miniBatchSize: 1, resources: { instanceCount: 3 } });
  });

  afterAll(async () => {
    await host.close();
  });

  const timesOf = (compute: string): string => join(host.folder, `${compute}.times`);
  const times = (compute: string): RunTime[] => runTimes(timesOf(compute));

  async function compute(name: string, maxNodeCount: number): Promise<void> {
    await host.ask('PUT', `/computes/${name}`, {
      properties: { properties: { scaleSettings: { maxNodeCount } } },
    });
  }

  /** Makes a compute, and an endpoint that scores there. */
  async function sharing(name: string, places: number, settings: object = {}): Promise<void> {
    await compute(name, places);
    await host.endpoint(name, timedScript(seconds), {
      miniBatchSize: 1,
      compute: `azureml:${name}`,
      resources: { instanceCount: 3 },
      ...settings,
    });
  }

  const invoke = (endpoint: string, name: string, files: number): Promise<ShownJob> =>
    host.invoke(endpoint, host.inputs(files, `in-${files}`), {
      name,
      environmentVariables: { JOB: name, [timesVariable]: timesOf(endpoint) },
    });

  async function completed(...names: string[]): Promise<void> {
    const jobs = await Promise.all(names.map((name) => host.finished(name)));
    expect(jobs.map(({ properties }) => properties.status)).toEqual(names.map(() => 'Completed'));
  }

  test('never use more instances at once than it has', async () => {
    await sharing('bounded', 3);
    const names = ['bounded-a', 'bounded-b', 'bounded-c', 'bounded-d', 'bounded-e'];
    await Promise.all(names.map((name) => invoke('bounded', name, 30)));
    await completed(...names);
    expect(mostAtOnce(times('bounded'))).toBeLessThanOrEqual(3);
    expect(times('bounded')).toHaveLength(5 * 30);
  });
});
