import { laneInstance, runPrefix } from '../../../shared/domain/instanceIds';
import { instanceId } from '../../../shared/jobs/jobKeys';
import type { Job } from '../../../shared/jobs/jobStore';
import type { PlaceAnswer } from '../../../shared/places/places';
import { useWorkspace } from '../../support/useWorkspace';
import { echoScript } from '../../support/workspace';

describe('the places of a compute', () => {
  const workspace = useWorkspace();
  let computes = 0;

  /** A compute of so many instances, of which jobs take as many as they can, and a way to make jobs there. */
  async function shared(
    places: number,
    settings: object = {},
  ): Promise<{ compute: string; made: () => Promise<Job>; planned: () => Promise<Job> }> {
    const compute = `shared-${++computes}`;
    await workspace().compute(compute, places);
    const most = { resources: { instanceCount: 4 }, compute: `azureml:${compute}`, ...settings };
    await workspace().endpoint(compute, echoScript, most);
    const input = workspace().inputs(20);
    const made = (): Promise<Job> => workspace().invoke(compute, input);
    const planned = async (): Promise<Job> => {
      const job = await made();
      expect((await plan(job)).wait).toBeUndefined();
      return job;
    };
    return { compute, made, planned };
  }

  const plan = ({ spec }: Job): ReturnType<ReturnType<typeof workspace>['activities']['plan']> =>
    workspace().activities.plan(spec.key);
  const waits = async (job: Job): Promise<boolean> => (await plan(job)).wait === true;
  const border = ({ spec }: Job, lane: number, sequence = 0): Promise<PlaceAnswer> =>
    workspace().services.places.atBorder({ job: spec.key, lane, sequence });
  const goes = async (job: Job, ...lanes: number[]): Promise<boolean[]> => {
    const answers: boolean[] = [];
    for (const lane of lanes) answers.push((await border(job, lane)).go);
    return answers;
  };
  const cancel = async ({ spec }: Job): Promise<readonly string[]> => {
    await workspace().services.jobs.cancel(spec.name, 'tester');
    return workspace().services.places.leave(spec);
  };
  const lane = ({ spec }: Job, number: number): string =>
    laneInstance(runPrefix(instanceId(spec.key), 0), number);
  const rowsOf = async (compute: string): Promise<string[]> => {
    const rows: string[] = [];
    for await (const { row } of workspace().services.stores.tables.query(`places:${compute}`)) rows.push(row);
    return rows;
  };

  test('are given to jobs in the order in which they were made', async () => {
    const { made } = await shared(2);
    const jobs = [await made(), await made(), await made(), await made()] as const;
    const [first, second, third, fourth] = jobs;
    expect([await waits(fourth), await waits(third)]).toEqual([true, true]);
    expect((await workspace().services.jobs.get(third.spec.name)).run.state).toBe('Queued');
    expect([await waits(second), await waits(first)]).toEqual([false, false]);
    expect(await waits(third)).toBe(true);
    expect(await cancel(second)).toEqual([instanceId(third.spec.key)]);
    expect([await waits(fourth), await waits(third)]).toEqual([true, false]);
  });

  test('are never taken by a job that nobody is to prepare yet', async () => {
    const { made, planned } = await shared(1);
    await planned();
    const next = await made();
    await workspace().activities.prepare(next.spec.key);
    const { run } = await workspace().services.jobs.get(next.spec.name);
    expect(run.state).toBe('Queued');
    expect(run.times).toEqual({ created: next.spec.createdAt });
  });

  test('go round at the borders of claims: who has more than its share gives the last instance back', async () => {
    const { planned } = await shared(3);
    const large = await planned();
    expect(await goes(large, 0, 1, 2)).toEqual([true, true, true]);
    const small = await planned();
    expect(await goes(small, 0)).toEqual([false]);
    expect(await goes(large, 0, 1)).toEqual([true, true]);
    expect(await border(large, 2)).toEqual({ go: false, wake: [lane(small, 0)] });
    expect(await goes(large, 2)).toEqual([false]);
    expect(await goes(small, 0, 1)).toEqual([true, false]);
    expect(await goes(large, 0, 1, 2)).toEqual([true, true, false]);
  });

  test('come back at once from a job that is cancelled', async () => {
    const { planned } = await shared(2);
    const [first, second] = [await planned(), await planned()];
    expect(await goes(first, 0, 1)).toEqual([true, false]);
    expect(await goes(second, 0, 1)).toEqual([true, false]);
    // The lane of the cancelled job that waits is woken to end, and that of the other one to go on.
    expect(await cancel(first)).toEqual([lane(first, 1), lane(second, 1)]);
    expect(await goes(second, 0, 1)).toEqual([true, true]);
    // A lane of a job that stops needs no place: it is told that nothing is left.
    expect(await workspace().activities.scoreNext(first.spec.key, 1, 0)).toEqual({ more: false });
  });

  test('are waited for no longer by a job that is cancelled in the line, whoever leaves first', async () => {
    const { made, planned } = await shared(1);
    const [running, queued, next] = [await planned(), await made(), await made()];
    for (const { spec } of [running, queued]) await workspace().services.jobs.cancel(spec.name, 'tester');
    expect(await workspace().services.places.leave(running.spec)).toContain(instanceId(next.spec.key));
    expect(await workspace().services.places.leave(queued.spec)).toContain(instanceId(queued.spec.key));
  });

  test('come back from a lane at its end, and its job lets go of those that wait', async () => {
    const { planned } = await shared(2);
    const [first, second] = [await planned(), await planned()];
    expect(await goes(first, 0, 1)).toEqual([true, false]);
    expect(await goes(second, 0, 1)).toEqual([true, false]);
    const { key } = first.spec;
    await workspace().services.jobs.change(key, (run) => ({ ...run, next: run.plan?.miniBatches ?? 0 }));
    expect(await workspace().services.places.laneEnded(key, 0)).toEqual([lane(first, 1)]);
    expect(await workspace().activities.scoreNext(key, 1, 0)).toEqual({ more: false });
    // The first job keeps a place, also while no lane of it asks for one.
    expect(await goes(second, 1)).toEqual([false]);
    await workspace().services.jobs.stop(key, { cancelled: true, by: 'tester' });
    expect(await goes(second, 1)).toEqual([true]);
  });

  test('are counted by the records of the jobs: a row that a crash has left counts nothing, and goes', async () => {
    const { compute, made, planned } = await shared(1);
    const dead = await planned();
    const queued = await made();
    await workspace().services.jobs.cancel(dead.spec.name, 'tester');
    await workspace().services.jobs.cancel(queued.spec.name, 'tester');
    const rows = await rowsOf(compute);
    expect(rows.filter((row) => row.includes(dead.spec.key) || row.includes(queued.spec.key))).toHaveLength(
      2,
    );
    // Their hosts may still come for them, so the rows say until the end who is to be told.
    const next = await planned();
    expect(await rowsOf(compute)).toHaveLength(4);
    for (const { spec } of [dead, queued]) {
      await workspace().services.jobs.change(spec.key, (run) => ({ ...run, state: 'Canceled' }));
    }
    await workspace().services.jobs.cancel(next.spec.name, 'tester');
    const last = await planned();
    expect(await rowsOf(compute)).toEqual(
      [next, last].map(({ spec }) => expect.stringContaining(spec.key) as string).concat('turn'),
    );
  });

  test('of a job that was started before places were counted are counted from its next claim on', async () => {
    const { compute, planned, made } = await shared(1);
    const running = await planned();
    const { tables } = workspace().services.stores;
    for await (const { row, etag } of tables.query(`places:${compute}`))
      await tables.commit(`places:${compute}`, [{ kind: 'remove', row, etag }]);
    expect(await goes(running, 0)).toEqual([true]);
    expect(await waits(await made())).toBe(true);
  });

  test('stay with a claim that was begun, until it has its outcome', async () => {
    const { planned } = await shared(2);
    const large = await planned();
    expect(await goes(large, 0, 1)).toEqual([true, true]);
    await workspace().services.claims.take({ job: large.spec.key, lane: 1, sequence: 0 });
    await planned();
    expect((await border(large, 1, 0)).go).toBe(true);
    expect((await border(large, 1, 1)).go).toBe(false);
  });

  test('are as many as the compute says now, where it has shrunk, has grown, or is gone', async () => {
    const { compute, planned, made } = await shared(3);
    const job = await planned();
    expect(await goes(job, 0, 1, 2)).toEqual([true, true, true]);
    await workspace().compute(compute, 1);
    expect(await goes(job, 0, 1, 2)).toEqual([true, false, false]);
    const next = await made();
    expect(await waits(next)).toBe(true);
    await workspace().compute(compute, 2);
    const { places, registry } = workspace().services;
    expect(await places.freed(compute)).toEqual([lane(job, 1), instanceId(next.spec.key)]);
    expect(await goes(job, 1)).toEqual([true]);
    expect(await waits(next)).toBe(false);
    expect(await goes(job, 0, 1)).toEqual([true, false]);
    await registry.computes.remove(compute);
    expect(await goes(next, 0)).toEqual([true]);
    expect(await goes(job, 0, 1)).toEqual([true, false]);
  });

  test('are instances: the lanes of one share it, and it is free once the last of them has given it back', async () => {
    const { planned } = await shared(2, { maxConcurrencyPerInstance: 2, resources: { instanceCount: 2 } });
    const large = await planned();
    expect(large.spec.settings.maxConcurrencyPerInstance).toBe(2);
    expect(await goes(large, 0, 1, 2, 3)).toEqual([true, true, true, true]);
    const small = await planned();
    expect(await goes(small, 0, 1)).toEqual([false, false]);
    expect(await border(large, 2)).toEqual({ go: false, wake: [] });
    expect(await goes(small, 0)).toEqual([false]);
    expect(await border(large, 3)).toEqual({ go: false, wake: [lane(small, 0), lane(small, 1)] });
    expect(await goes(small, 0, 1)).toEqual([true, true]);
    expect(await goes(large, 0, 1, 2, 3)).toEqual([true, true, false, false]);
  });

  test('are no more than there are, whoever asks at once', async () => {
    const { made } = await shared(3);
    const jobs = await Promise.all(Array.from({ length: 6 }, made));
    const admitted = (await Promise.all(jobs.map(async (job) => ((await waits(job)) ? [] : [job])))).flat();
    expect(admitted).toHaveLength(3);
    const lanes = admitted.flatMap((job) => [0, 1, 2, 3].map((number) => ({ job, number })));
    const went = await Promise.all(lanes.map(async ({ job, number }) => (await border(job, number)).go));
    expect(went.filter((one) => one)).toHaveLength(3);
  });

  test('come back from the last lane of a job too: a claim that lost its lane is scored by another one', async () => {
    const { compute, planned } = await shared(2);
    const job = await planned();
    const { places, claims, jobs } = workspace().services;
    const { key } = job.spec;
    expect(await goes(job, 0, 1)).toEqual([true, true]);
    await claims.take({ job: key, lane: 1, sequence: 0 });
    await workspace().compute(compute, 1);
    await jobs.change(key, (run) => ({ ...run, next: run.plan?.miniBatches ?? 0 }));
    await places.laneEnded(key, 1);
    await places.laneEnded(key, 0);
    expect(await goes(job, 1)).toEqual([true]);
  });

  test('are not given to jobs that were made later, also where a crash kept a job out of the line', async () => {
    const { compute, made, planned } = await shared(1);
    const running = await planned();
    const first = await made();
    const { tables } = workspace().services.stores;
    for await (const { row, etag } of tables.query(`places:${compute}`))
      if (row.includes(first.spec.key))
        await tables.commit(`places:${compute}`, [{ kind: 'remove', row, etag }]);
    const second = await made();
    expect(await waits(first)).toBe(true);
    expect(await cancel(running)).toEqual([instanceId(first.spec.key)]);
    expect([await waits(second), await waits(first)]).toEqual([true, false]);
  });

  test('are free while the output of a job is put together', async () => {
    const { made, planned } = await shared(1);
    const first = await planned();
    const next = await made();
    for (let sequence = 0; ; sequence++)
      if (!(await workspace().activities.scoreNext(first.spec.key, 0, sequence)).more) break;
    expect(await waits(next)).toBe(true);
    const { services } = workspace();
    const woken: string[] = [];
    const destinations = Object.assign(Object.create(services.destinations) as typeof services.destinations, {
      open: async (...given: Parameters<typeof services.destinations.open>) => {
        expect(await waits(next)).toBe(false);
        return services.destinations.open(...given);
      },
    });
    await workspace().activities.finish(first.spec.key, {
      destinations,
      wake: (instances) => Promise.resolve(void woken.push(...instances)),
    });
    expect(woken).toEqual([instanceId(next.spec.key)]);
    expect((await services.jobs.get(first.spec.name)).run.state).toBe('Completed');
  });
});
