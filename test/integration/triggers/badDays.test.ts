import { failure } from '../../../shared/errors/batchpointError';
import { removeTrigger } from '../../../shared/triggers/removeTrigger';
import { triggerKey, triggerPartition, workPartition } from '../../../shared/triggers/triggerKeys';
import { useWatchedFolder } from '../../support/useWatchedFolder';
import { useWorkspace } from '../../support/useWorkspace';
import { echoScript } from '../../support/workspace';

describe('a trigger on a bad day', () => {
  const workspace = useWorkspace();
  const landing = useWatchedFolder(workspace);

  beforeAll(async () => {
    await workspace().endpoint('days', echoScript);
  });

  test('is degraded while its endpoint is gone, keeps what lands, and makes the jobs once it is there', async () => {
    const { registry } = workspace().services;
    const endpoint = await registry.endpoints.get('days');
    await landing().trigger('orphaned', 'days');
    await registry.endpoints.remove('days');
    expect(await landing().statusOf('orphaned')).toMatchObject({
      state: 'Degraded',
      reason: { code: 'ResourceNotFound', message: expect.stringContaining("'days'") as string },
    });
    for (const path of ['a.csv', 'b.csv']) await landing().land(path, '1');
    await landing().advance();
    expect(await landing().jobsOf('orphaned')).toEqual([]);
    const status = await landing().statusOf('orphaned');
    expect(status).toMatchObject({ state: 'Degraded', filesWaiting: 2 });
    await registry.endpoints.put('days', endpoint.value);
    landing().passTime(60_000);
    await landing().advance();
    expect(await landing().inputsOf('orphaned')).toEqual(['a.csv', 'b.csv']);
    expect(await landing().statusOf('orphaned')).toMatchObject({ state: 'Active', filesWaiting: 0 });
  });

  test('tries again later and later, at last once a minute, and at once where it is changed', async () => {
    const { stores } = workspace().services;
    const trigger = await landing().trigger('backing-off', 'nowhere');
    await landing().land('a.csv', '1');
    const pauses: number[] = [];
    for (let i = 0; i < 6; i++) {
      await landing().advance();
      const row = await stores.tables.get<{ retryAt: string; tries: number }>(
        triggerPartition(triggerKey(trigger)),
        'degradation',
      );
      expect(row?.value.tries).toBe(i + 1);
      const pause = Date.parse(row?.value.retryAt ?? '') - landing().now().getTime();
      pauses.push(Math.round(pause / 1_000));
      // Too early, nothing is tried.
      landing().passTime(pause / 2);
      await landing().advance();
      landing().passTime(pause / 2 + 1);
    }
    expect(pauses).toEqual([5, 10, 20, 40, 60, 60]);
    await landing().advance();
    await landing().changed('backing-off', { endpoint: 'days' });
    await landing().advance();
    expect(await landing().inputsOf('backing-off')).toEqual(['a.csv']);
  });

  test('is held up by no single file whose job cannot be made, whatever the reason', async () => {
    await landing().trigger('one-bad', 'days');
    for (const path of ['a.csv', 'b.csv', 'c.csv', 'd.csv']) await landing().land(path, '1');
    const { jobs } = workspace().services;
    const create = jobs.create.bind(jobs);
    const spied = jest.spyOn(jobs, 'create').mockImplementation((spec) => {
      if (spec.inputUri.endsWith('/a.csv')) throw failure('StoreForbidden', { store: 'x', reason: 'no' });
      return create(spec);
    });
    for (let i = 0; i < 6; i++) {
      await landing().advance();
      landing().passTime(60_000);
    }
    expect(await landing().inputsOf('one-bad')).toEqual(['b.csv', 'c.csv', 'd.csv']);
    expect(await landing().statusOf('one-bad')).toMatchObject({ state: 'Degraded', filesWaiting: 1 });
    spied.mockRestore();
    await landing().advance();
    expect((await landing().inputsOf('one-bad')).sort()).toContain('a.csv');
  });

  test('keeps what lands while it is paused, and makes the jobs when it goes on', async () => {
    await landing().trigger('paused', 'days', { paused: true });
    await landing().land('a.csv', '1');
    await landing().advance();
    expect(await landing().statusOf('paused')).toMatchObject({ state: 'Paused', filesWaiting: 1 });
    expect(await landing().filesOf('paused')).toEqual(['a.csv: waits']);
    await landing().changed('paused', { paused: false });
    await landing().advance();
    expect(await landing().inputsOf('paused')).toEqual(['a.csv']);
  });

  test('leaves nothing behind once it is deleted, and begins anew where it is made again', async () => {
    const { stores, registry } = workspace().services;
    const { tables } = stores;
    const first = await landing().trigger('deleted', 'days');
    await landing().land('a.csv', '1');
    await landing().advance();
    await landing().land('b.csv', '1');
    const context = { tables, triggers: registry.triggers };
    expect(await removeTrigger(context, 'deleted')).toBe(true);
    expect(await removeTrigger(context, 'deleted')).toBe(false);
    const again = await landing().trigger('deleted', 'days', {
      createdAt: new Date(Date.now() + 1_000).toISOString(),
    });
    await landing().advance();
    expect(triggerKey(again)).not.toBe(triggerKey(first));
    const rows = [];
    for await (const { row } of tables.query(triggerPartition(triggerKey(first)))) rows.push(row);
    for await (const { row } of tables.query(workPartition)) rows.push(row);
    expect(rows).toEqual([]);
    expect(await landing().filesOf('deleted')).toEqual([]);
    expect(await landing().inputsOf('deleted')).toEqual(['a.csv']);
  });

  test('leaves nothing behind where it is deleted while its window closes', async () => {
    const { stores, registry, triggering } = workspace().services;
    const { tables } = stores;
    const trigger = await landing().trigger('closing', 'days', {
      batching: { type: 'window', seconds: 0, files: 10 },
    });
    await landing().land('a.csv', '1');
    const write = triggering.blobs.write.bind(triggering.blobs);
    const spied = jest.spyOn(triggering.blobs, 'write').mockImplementationOnce(async (...all) => {
      await removeTrigger({ tables, triggers: registry.triggers }, 'closing');
      await landing().advance();
      return write(...all);
    });
    await landing().advance();
    expect(spied).toHaveBeenCalled();
    spied.mockRestore();
    await landing().advance();
    const rows = [];
    for await (const { row } of tables.query(triggerPartition(triggerKey(trigger)))) rows.push(row);
    for await (const { row } of tables.query(workPartition)) rows.push(row);
    expect(rows).toEqual([]);
  });

  test('costs one look where nothing waits', async () => {
    await landing().trigger('idle', 'days');
    await landing().land('a.csv', '1');
    await landing().advance();
    const work = [];
    for await (const { value } of workspace().services.stores.tables.query(workPartition)) work.push(value);
    expect(work).toEqual([]);
  });

  test('notes a thousand files that land at once, each once and with few writes', async () => {
    await landing().trigger('flooded', 'days', {
      batching: { type: 'window', seconds: 86_400, files: 1_000 },
    });
    const paths = Array.from({ length: 1_000 }, (_, i) => `f${String(i).padStart(4, '0')}.csv`);
    for (const path of paths) landing().write(path, '1');
    const { tables } = workspace().services.stores;
    const commits = jest.spyOn(tables, 'commit');
    await Promise.all([...paths, ...paths].map((path) => landing().tell(path)));
    // 40 groups of 50 files, of which half are known, and as many notes that there is work.
    expect(commits.mock.calls.length).toBeLessThan(200);
    commits.mockRestore();
    expect(await landing().statusOf('flooded')).toMatchObject({ filesWaiting: 1_000 });
    await landing().advance();
    const [job, ...others] = await landing().jobsOf('flooded');
    expect(others).toEqual([]);
    expect(job?.spec.startedBy?.id).toBe('window 1');
    expect(await landing().statusOf('flooded')).toMatchObject({ filesWaiting: 0, filesTaken: 1_000 });
  });
});
