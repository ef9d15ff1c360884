import { join } from 'node:path';
import { ProductHost, type ShownJob } from '../../bench/product/productHost';
import { until } from '../../bench/product/until';
import { mostAtOnce, runTimes, timedScript, timesVariable, type RunTime } from '../support/runTimes';

describe('jobs that share a compute', () => {
  const host = new ProductHost({ BATCHPOINT_CLAIM_SECONDS: '0.1', BATCHPOINT_MAX_PARALLELISM: '4' });
  let computes = 0;

  beforeAll(async () => {
    await host.start();
  });

  afterAll(async () => {
    await host.close();
  });

  /** Gives a compute so many instances. */
  async function resize(compute: string, places: number): Promise<void> {
    const scaleSettings = { maxNodeCount: places };
    await host.ask('PUT', `/computes/${compute}`, { properties: { properties: { scaleSettings } } });
  }

  /** Makes a compute of so many instances, and an endpoint of its name that scores there. */
  async function shared(places: number, seconds = 0.02): Promise<string> {
    const name = `shared${++computes}`;
    await resize(name, places);
    await host.endpoint(name, timedScript(seconds), {
      miniBatchSize: 1,
      compute: `azureml:${name}`,
      resources: { instanceCount: 4 },
    });
    return name;
  }

  /** The calls of scripts on a compute, as they noted them themselves. */
  const times = (compute: string, job?: string): RunTime[] =>
    runTimes(timesOf(compute)).filter((one) => job === undefined || one.job === job);
  const timesOf = (compute: string): string => join(host.folder, `${compute}.times`);

  /** Starts a job of so many files; all jobs of a compute use the same processes. */
  function invoke(compute: string, name: string, files: number): Promise<ShownJob> {
    const environmentVariables = { [timesVariable]: timesOf(compute) };
    return host.invoke(compute, host.inputs(files, name), { name, environmentVariables });
  }

  const status = async (name: string): Promise<string> => (await host.job(name)).properties.status;

  async function completed(...names: string[]): Promise<void> {
    const jobs = await Promise.all(names.map((name) => host.finished(name)));
    expect(jobs.map(({ properties }) => properties.status)).toEqual(names.map(() => 'Completed'));
  }

  const begun = (compute: string, name: string): Promise<RunTime[]> =>
    until(
      () => times(compute, name),
      (noted) => noted.length > 0,
    );

  test('never use more instances at once than it has, and are all completed', async () => {
    const compute = await shared(2);
    const names = ['bounded-a', 'bounded-b', 'bounded-c', 'bounded-d'];
    await Promise.all(names.map((name) => invoke(compute, name, 20)));
    await completed(...names);
    expect(mostAtOnce(times(compute))).toBe(2);
    expect(times(compute)).toHaveLength(4 * 20);
  });

  test('are scored in the order in which they were made, where it has one instance', async () => {
    const compute = await shared(1);
    const names = ['one-a', 'one-b', 'one-c'];
    for (const name of names) await invoke(compute, name, 3);
    await completed(...names);
    expect(times(compute).map(({ job }) => job)).toEqual(names.flatMap((name) => [name, name, name]));
  });

  test('give a small one its place while a large one has all others', async () => {
    const compute = await shared(2, 0.05);
    await invoke(compute, 'large', 60);
    await until(
      () => mostAtOnce(times(compute, 'large')),
      (most) => most === 2,
    );
    await invoke(compute, 'small', 4);
    await completed('small');
    expect(await status('large')).toBe('Running');
    await completed('large');
    expect(mostAtOnce(times(compute))).toBe(2);
  });

  test('let one that waits be cancelled, and give its place in the line to the next', async () => {
    const compute = await shared(1, 0.05);
    await invoke(compute, 'cancels-a', 1_000);
    await begun(compute, 'cancels-a');
    for (const name of ['cancels-b', 'cancels-c']) await invoke(compute, name, 2);
    expect([await status('cancels-b'), await status('cancels-c')]).toEqual(['Queued', 'Queued']);
    await host.ask('POST', '/jobs/cancels-b/cancel');
    expect((await host.finished('cancels-b')).properties.status).toBe('Canceled');
    expect(times(compute, 'cancels-b')).toEqual([]);
    expect(await status('cancels-c')).toBe('Queued');
    await host.ask('POST', '/jobs/cancels-a/cancel');
    await completed('cancels-c');
  });

  test('have nothing wrong after a host was killed: what was queued is still, and all is scored', async () => {
    const compute = await shared(2, 0.05);
    const names = ['killed-a', 'killed-b', 'killed-c'];
    for (const name of names) await invoke(compute, name, 15);
    await begun(compute, 'killed-b');
    await host.kill();
    await host.start();
    expect(await status('killed-c')).toBe('Queued');
    await completed(...names);
    expect(mostAtOnce(times(compute))).toBeLessThanOrEqual(2);
    for (const name of names)
      expect((await host.job(name)).properties.progress).toMatchObject({ rows: 15, filesFailed: 0 });
  });

  test('use more of it as soon as it has more', async () => {
    const compute = await shared(1, 0.05);
    await invoke(compute, 'grown-a', 1_000);
    await begun(compute, 'grown-a');
    await invoke(compute, 'grown-b', 4);
    expect(await status('grown-b')).toBe('Queued');
    await resize(compute, 2);
    await completed('grown-b');
    expect(await status('grown-a')).toBe('Running');
    await host.ask('POST', '/jobs/grown-a/cancel');
    await host.finished('grown-a');
  });

  test('leave processes of the machine to those of another compute', async () => {
    const [wide, narrow] = [await shared(4, 0.1), await shared(1, 0.1)];
    await invoke(wide, 'wide', 1_000);
    await until(
      () => mostAtOnce(times(wide)),
      (most) => most === 4,
    );
    await invoke(narrow, 'narrow', 4);
    await completed('narrow');
    expect(await status('wide')).toBe('Running');
    await host.ask('POST', '/jobs/wide/cancel');
    await host.finished('wide');
  });
});
