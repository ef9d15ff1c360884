import { endpointResource } from '../../../functions/http/resources/endpointResource';
import { instanceId } from '../../../shared/jobs/jobKeys';
import { LongOperations, type LongOperation } from '../../../shared/operations/longOperations';
import { restBodies } from '../../../shared/schemas/restBodies';
import { useWorkspace } from '../../support/useWorkspace';
import { echoScript, Workspace } from '../../support/workspace';

const workspace = useWorkspace();
const endpoint = restBodies.batchEndpoint({ properties: {} });

/** Begins to delete an endpoint, or its deployment, as a forced request does. */
async function force(name: string, deployment?: string): Promise<LongOperation> {
  const operation = await workspace().services.deletions.begin({
    endpoint: name,
    ...(deployment === undefined ? {} : { deployment }),
    condition: {},
    cancelsJobs: true,
    caller: 'tester',
  });
  if (operation === undefined) throw new Error(`There is no ${name}.`);
  return operation;
}

const statusOf = async (id: string): Promise<string | undefined> =>
  (await workspace().services.operations.find(id))?.status;

test('an endpoint whose jobs have not ended is marked, cancels them, and goes when they end', async () => {
  const { services } = workspace();
  await workspace().endpoint('marked', echoScript);
  const job = await workspace().invoke('marked', workspace().inputs(2));
  const { id, status } = await force('marked');
  expect(status).toBe('InProgress');
  expect(
    endpointResource(
      await services.registry.endpoints.get('marked'),
      { subscription: 's', group: 'g', workspace: 'w' },
      '',
    ),
  ).toMatchObject({
    properties: { provisioningState: 'Deleting' },
  });
  expect((await services.jobs.get(job.spec.name)).run).toMatchObject({
    state: 'Stopping',
    stop: { cancelled: true, by: 'tester' },
  });
  await services.deletions.advanceAll('marked');
  expect(await statusOf(id)).toBe('InProgress');
  await workspace().activities.finish(job.spec.key);
  await services.deletions.advanceAll('marked');
  expect(await statusOf(id)).toBe('Succeeded');
  expect(await services.registry.endpoints.find('marked')).toBeUndefined();
  expect(await services.registry.deployments('marked').list()).toEqual([]);
});

test('its jobs that wait for a place of their compute are told at once', async () => {
  const { services } = workspace();
  await workspace().compute('single', 1);
  const settings = { compute: 'azureml:single' };
  await workspace().endpoint('waiting', echoScript, settings);
  await workspace().endpoint('staying', echoScript, settings);
  const input = workspace().inputs(1);
  const running = await workspace().invoke('waiting', input);
  expect((await workspace().activities.plan(running.spec.key)).wait).toBeUndefined();
  const queued = await workspace().invoke('waiting', input);
  const next = await workspace().invoke('staying', input);
  expect((await workspace().activities.plan(queued.spec.key)).wait).toBe(true);
  expect((await workspace().activities.plan(next.spec.key)).wait).toBe(true);
  const woken: string[] = [];
  await services.deletions.begin({
    endpoint: 'waiting',
    condition: {},
    cancelsJobs: true,
    caller: 'tester',
    wake: (instances) => Promise.resolve(void woken.push(...instances)),
  });
  expect([...new Set(woken)].sort()).toEqual([queued, next].map(({ spec }) => instanceId(spec.key)).sort());
});

test('what is being deleted is neither invoked nor written, and asked for again it is one operation', async () => {
  const { services } = workspace();
  await workspace().endpoint('shut', echoScript);
  const input = workspace().inputs(1);
  const job = await workspace().invoke('shut', input);
  const { id } = await force('shut');
  const deleting = { code: 'ResourceDeleting', status: 409 };
  await expect(workspace().invoke('shut', input)).rejects.toMatchObject(deleting);
  await expect(services.registry.endpoints.register('shut', endpoint)).rejects.toMatchObject(deleting);
  expect((await force('shut')).id).toBe(id);
  await workspace().activities.finish(job.spec.key);
  await services.deletions.advanceAll();
  expect((await services.registry.endpoints.register('shut', endpoint)).created).toBe(true);
});

test('a deployment goes alone: its endpoint and the other deployments stay', async () => {
  const { services } = workspace();
  await workspace().endpoint('kept', echoScript);
  const deployments = services.registry.deployments('kept');
  await deployments.put('other', (await deployments.get('main')).value);
  const input = workspace().inputs(1);
  const job = await workspace().invoke('kept', input, {}, { deployment: 'other' });
  const neighbour = await workspace().invoke('kept', input);
  const { id } = await force('kept', 'other');
  await expect(workspace().invoke('kept', input, {}, { deployment: 'other' })).rejects.toMatchObject({
    code: 'ResourceDeleting',
  });
  await workspace().activities.finish(job.spec.key);
  await services.deletions.advanceAll();
  expect(await statusOf(id)).toBe('Succeeded');
  expect((await deployments.list()).map(({ name }) => name)).toEqual(['main']);
  expect((await services.jobs.get(neighbour.spec.name)).run.state).toBe('Queued');
});

test('a job that is being made while its endpoint is marked is waited for, or not made', async () => {
  const { services } = workspace();
  await workspace().endpoint('raced', echoScript);
  const input = workspace().inputs(1);
  const [made] = await Promise.allSettled([workspace().invoke('raced', input), force('raced')]);
  if (made.status === 'rejected') {
    expect(made.reason).toMatchObject({
      code: expect.stringMatching(/ResourceDeleting|ResourceNotFound/) as string,
    });
  } else {
    await services.deletions.advanceAll();
    expect(await services.registry.endpoints.find('raced')).toBeDefined();
    await workspace().activities.finish(made.value.spec.key);
  }
  await services.deletions.advanceAll();
  expect(await services.registry.endpoints.find('raced')).toBeUndefined();
});

test('a host that starts again goes on with a deletion that another one began', async () => {
  await workspace().endpoint('passed', echoScript);
  const job = await workspace().invoke('passed', workspace().inputs(1));
  const { id } = await force('passed');
  const next = await Workspace.reopen(workspace().folder);
  await next.activities.finish(job.spec.key);
  await next.services.deletions.advanceAll();
  expect(await statusOf(id)).toBe('Succeeded');
  expect(await workspace().services.registry.endpoints.find('passed')).toBeUndefined();
  await next.services.pool.close();
  await next.services.stores.close();
});

test('an operation is forgotten after a day, and not before', async () => {
  const { tables } = workspace().services.stores;
  let time = Date.parse('2026-01-01T00:00:00Z');
  let number = 0;
  const operations = new LongOperations(
    tables,
    () => new Date(time),
    () => String(number++),
  );
  const { id } = await operations.add('batchEndpoints/x', 'Succeeded');
  time += 23 * 60 * 60_000;
  await operations.forgetOld();
  expect(await operations.find(id)).toMatchObject({ status: 'Succeeded', resource: 'batchEndpoints/x' });
  time += 2 * 60 * 60_000;
  await operations.forgetOld();
  expect(await operations.find(id)).toBeUndefined();
});
