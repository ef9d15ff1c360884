import { until } from '../../../bench/product/until';
import { useApi } from '../../support/api';
import { Gate } from '../../support/gatedScript';

interface Shown {
  readonly properties: {
    readonly status: string;
    readonly queue?: object;
    readonly use?: object;
    readonly interactionEndpoints: { readonly Studio: { readonly endpoint: string } };
  };
}

const api = useApi();
const names = ['holder-job', 'first-in-line', 'second-in-line'] as const;

describe('a job that waits for its compute', () => {
  const show = async (path: string, roles?: string[]): Promise<Shown['properties']> => {
    const token = roles && (await api.host.token('management', { roles }));
    const { body } = await api.send<Shown>('GET', path, token === undefined ? {} : { token });
    return body.properties;
  };

  beforeAll(async () => {
    const scaleSettings = { maxNodeCount: 1 };
    await api.host.ask('PUT', '/computes/narrow', { properties: { properties: { scaleSettings } } });
    const gate = new Gate(api.host);
    for (const endpoint of ['held', 'queued']) await gate.endpoint(endpoint, { compute: 'azureml:narrow' });
    const input = api.host.inputs(1);
    await api.host.invoke('held', input, { name: names[0] });
    await until(
      () => show('/computes/narrow'),
      ({ use }) => JSON.stringify(use) === JSON.stringify({ instances: 1, jobs: 1, jobsQueued: 0 }),
    );
    for (const name of names.slice(1)) await api.host.invoke('queued', input, { name });
  });

  test('says which, its place in the line, and who holds the places', async () => {
    const holders = [{ job: names[0], instances: 1 }];
    expect(await show(`/jobs/${names[0]}`)).not.toHaveProperty('queue');
    expect(await show(`/jobs/${names[2]}`)).toMatchObject({
      status: 'Queued',
      queue: { compute: 'narrow', position: 2, maxInstances: 1, holders },
    });
  });

  test('names no job of an endpoint that the caller may not see', async () => {
    const { queue } = await show(`/jobs/${names[1]}`, ['Jobs.Read:queued']);
    expect(queue).toEqual({ compute: 'narrow', position: 1, maxInstances: 1, holders: [{ instances: 1 }] });
  });

  test('says so on its page, without the names of other jobs', async () => {
    const { interactionEndpoints } = await show(`/jobs/${names[1]}`);
    const page = await (await fetch(interactionEndpoints.Studio.endpoint)).text();
    expect(page).toContain('Number 1 in the line of the compute &#39;narrow&#39;');
    expect(page).not.toContain(names[0]);
  });

  test('is among those that the compute tells of', async () => {
    expect((await show('/computes/narrow')).use).toEqual({ instances: 1, jobs: 1, jobsQueued: 2 });
  });

  test('moves up when one in front of it is cancelled', async () => {
    await api.host.ask('POST', `/jobs/${names[1]}/cancel`);
    expect((await show(`/jobs/${names[2]}`)).queue).toMatchObject({ position: 1 });
    await api.host.ask('POST', `/jobs/${names[0]}/cancel`);
    await until(
      () => show(`/jobs/${names[2]}`),
      ({ status }) => status === 'Running',
    );
    expect(await show(`/jobs/${names[2]}`)).not.toHaveProperty('queue');
    await api.host.ask('POST', `/jobs/${names[2]}/cancel`);
  });
});
