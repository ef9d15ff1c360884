import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProductHost } from '../../../bench/product/productHost';
import { until } from '../../../bench/product/until';
import { JobIndex } from '../../../shared/jobs/jobIndex';
import { jobKey } from '../../../shared/jobs/jobKeys';
import { JobStore } from '../../../shared/jobs/jobStore';
import { openLocalStores } from '../../../shared/stores/local/openLocalStores';
import { makeFolder, removeFolders } from '../../support/hostApp';
import { lookAtDatabase } from '../../support/hostDatabase';
import { echoScript } from '../../support/workspace';

describe('What the machinery keeps of orchestrations that are over', () => {
  // Some milliseconds, in days.
  const trace = join(makeFolder(), 'trace');
  const host = new ProductHost({ BATCHPOINT_INSTANCE_RETENTION: '0.000001' }, ['--trace', trace]);
  const name = 'long-ago';
  const instance = `job-${jobKey(name)}`;

  beforeAll(async () => {
    await host.start();
    await host.endpoint('echo', echoScript, { miniBatchSize: 1, resources: { instanceCount: 2 } });
    await host.invoke('echo', host.inputs(4), { name });
    await host.finished(name);
    // The job is at its end a moment before its orchestrations are.
    await until(unfinished, (ids) => ids.length === 0, 500);
  });
  afterAll(async () => {
    await host.close();
    removeFolders();
  });

  const instances = (): string[] =>
    lookAtDatabase(host.state, (database) =>
      database.prepare('SELECT id FROM instances ORDER BY id').all(),
    ).map(({ id }) => String(id));

  /** A look between two runs of the host, as nobody else can look while it runs. Whoever looks again lets it run first. */
  async function unfinished(): Promise<unknown[]> {
    await host.kill();
    const query = "SELECT id FROM instances WHERE status IN ('Pending', 'Running')";
    const found = lookAtDatabase(host.state, (database) => database.prepare(query).all());
    await host.start();
    return found;
  }

  /** Stops the host, makes it believe that it has missed the hourly run, and lets it make up for it. */
  async function anHourLater(): Promise<void> {
    await host.kill();
    const next = '2026-01-01T00:00:00.000Z';
    lookAtDatabase(host.state, (database) =>
      database.prepare("UPDATE schedules SET next = ? WHERE name = 'upkeep'").run(next),
    );
    await host.start();
    // An invocation is in the trace once it is over.
    await until(
      () => readFileSync(trace, 'utf8'),
      (lines) => lines.includes('{"function":"upkeep"'),
    );
  }

  test('goes after its time, with that of the lanes, and the job stays', async () => {
    await host.kill();
    expect(instances()).toEqual([instance, `${instance}-1-lane0`, `${instance}-1-lane1`]);
    await host.start();
    await anHourLater();
    const { properties } = await host.job(name);
    expect(properties).toMatchObject({ status: 'Completed', progress: { miniBatches: 4 } });
    expect(await host.ask('GET', '/jobs')).toMatchObject({ value: [{ name }] });
    await host.kill();
    expect(instances()).toEqual([]);
    await host.start();
  });

  test('is not made again, as the job has ended: not even where it is still among those that may run', async () => {
    await host.kill();
    const stores = await openLocalStores(host.state);
    const jobs = new JobStore(stores.tables, () => new Date());
    const index = new JobIndex(stores.tables);
    await index.activate((await jobs.get(name)).spec);
    await stores.close();
    await host.start();
    const active = async (): Promise<string[]> => {
      const opened = await openLocalStores(host.state);
      const names: string[] = [];
      for await (const one of new JobIndex(opened.tables).active()) names.push(one.name);
      await opened.close();
      return names;
    };
    await until(active, (names) => names.length === 0);
    await host.kill();
    expect(instances()).toEqual([]);
    await host.start();
  });

  test('leaves the name of the job to it, and other jobs can be made', async () => {
    const again = await host.request('POST', '/batchEndpoints/echo/jobs', {
      properties: { name, dataset: { dataInputType: 'DataUrl', path: 'file:///nowhere' } },
    });
    expect(again).toMatchObject({ status: 409, body: { error: { code: 'JobExists' } } });
    await host.invoke('echo', host.inputs(2, 'more'), { name: 'another' });
    expect((await host.finished('another')).properties.status).toBe('Completed');
  });
});
