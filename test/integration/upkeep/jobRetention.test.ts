import { readFileSync } from 'node:fs';
import { ProductHost } from '../../../bench/product/productHost';
import { until } from '../../../bench/product/until';
import { jobKey } from '../../../shared/jobs/jobKeys';
import { lookAtDatabase } from '../../support/hostDatabase';
import { echoScript } from '../../support/workspace';

describe('A host with a retention time for jobs', () => {
  // Some milliseconds, in days.
  const host = new ProductHost({ BATCHPOINT_JOB_RETENTION: '0.000001' });
  afterAll(() => host.close());

  const statusOf = 'SELECT status FROM instances WHERE id = ?';
  const missed = "UPDATE schedules SET next = '2026-01-01T00:00:00.000Z' WHERE name = 'upkeep'";

  test('removes those that ended before it, once an hour, and leaves their output', async () => {
    await host.start();
    await host.endpoint('echo', echoScript);
    const { name } = await host.invoke('echo', host.inputs(2));
    const { properties } = await host.finished(name);
    // The orchestration is at its end a moment after the job, and until then the job stays.
    await until(
      async () => {
        await host.kill();
        const [instance] = lookAtDatabase(host.state, (database) =>
          database.prepare(statusOf).all(`job-${jobKey(name)}`),
        );
        if (instance?.['status'] !== 'Completed') await host.start();
        return instance?.['status'];
      },
      (status) => status === 'Completed',
    );
    lookAtDatabase(host.state, (database) => database.prepare(missed).run());
    await host.start();
    await until(
      () => host.request('GET', `/jobs/${name}`),
      ({ status }) => status === 404,
    );
    expect(readFileSync(new URL(properties.outputUri ?? ''), 'utf8')).toBe('0\n1\n');
  });
});
