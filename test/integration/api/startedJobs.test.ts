import { pathToFileURL } from 'node:url';
import { useApi } from '../../support/api';
import { scheduleOf } from '../../support/schedules';
import { echoScript } from '../../support/workspace';

interface StartedJob {
  readonly name: string;
  readonly properties: {
    readonly endpointName: string;
    readonly createdBy: string;
    readonly caller: { readonly type: string; readonly name: string; readonly id?: string };
  };
}

const api = useApi();
const { host } = api;

beforeAll(async () => {
  for (const name of ['sums', 'others']) await host.endpoint(name, echoScript);
  const input = { uri: pathToFileURL(host.inputs(1)).href };
  const put = (name: string, endpointName: string): Promise<unknown> =>
    host.ask('PUT', `/schedules/${name}`, scheduleOf({ isEnabled: false }, { endpointName, input }));
  for (const [name, endpoint] of [
    ['mine', 'sums'],
    ['moved', 'sums'],
    ['trigger', 'others'],
  ] as const)
    await put(name, endpoint);
  for (let i = 0; i < 5; i++) await start('mine');
  await start('moved');
  await put('moved', 'others');
  await start('moved');
  await start('trigger');
  await host.invoke('sums', host.inputs(1));
});

async function start(schedule: string): Promise<string> {
  const { submissionId } = (await host.ask('POST', `/schedules/${schedule}/trigger`, {})) as {
    submissionId: string;
  };
  return submissionId;
}

async function jobs(path: string, size = 100): Promise<StartedJob[]> {
  return api.pages<StartedJob>(`${path}${path.includes('?') ? '&' : '?'}$top=${size}`, size);
}

const names = (listed: readonly StartedJob[]): string[] => listed.map(({ name }) => name);

test('jobs of a schedule are listed in pages, the newest first, and each says who started it', async () => {
  const all = await jobs('/jobs');
  const own = names(all).filter((name) => name.startsWith('mine-once-'));
  expect(own).toHaveLength(5);
  for (const size of [1, 2, 5, 100]) expect(names(await jobs('/jobs?schedule=MINE', size))).toEqual(own);
  for (const { properties } of await jobs('/jobs?schedule=mine'))
    expect(properties).toMatchObject({
      createdBy: 'schedule mine',
      caller: { type: 'schedule', name: 'mine', id: expect.stringMatching(/^once /) },
    });
  expect(all.map(({ properties }) => properties.caller.type).sort()).toEqual([
    ...Array.from({ length: 8 }, () => 'schedule'),
    'user',
  ]);
});

test('a job of a person says so, and is in no list of a schedule or trigger', async () => {
  const own = (await jobs('/batchEndpoints/sums/jobs')).filter(
    ({ properties }) => properties.caller.type === 'user',
  );
  expect(own).toHaveLength(1);
  expect(own[0]?.properties.caller).toEqual({
    type: 'user',
    name: own[0]?.properties.createdBy,
    id: expect.any(String),
  });
});

test('a list of a schedule below an endpoint or deployment has those of its jobs', async () => {
  expect(await jobs('/jobs?schedule=moved')).toHaveLength(2);
  for (const place of ['/batchEndpoints/others', '/batchEndpoints/others/deployments/main']) {
    const listed = await jobs(`${place}/jobs?schedule=moved`);
    expect(listed.map(({ properties }) => properties.endpointName)).toEqual(['others']);
  }
});

test('a schedule and a trigger of one name are two', async () => {
  expect(await jobs('/jobs?schedule=trigger')).toHaveLength(1);
  expect(await jobs('/jobs?trigger=trigger')).toEqual([]);
  expect(await jobs('/jobs?schedule=nobody')).toEqual([]);
});

test('pages of a schedule stay as they are while it starts jobs, and what is archived is left out', async () => {
  const before = names(await jobs('/jobs?schedule=mine'));
  interface Page {
    readonly value: readonly StartedJob[];
    readonly nextLink: string;
  }
  const { body } = await api.send<Page>('GET', '/jobs?schedule=mine&$top=2');
  await start('mine');
  const { search } = new URL(body.nextLink);
  const rest = await jobs(`/jobs${search.replace(/&?%24top=2/, '')}`);
  expect([...names(body.value), ...names(rest)]).toEqual(before);
  const [shelved] = before;
  await api.send('PATCH', `/jobs/${shelved}`, { body: { properties: { isArchived: true } } });
  expect(names(await jobs('/jobs?schedule=mine'))).not.toContain(shelved);
  expect(names(await jobs('/jobs?schedule=mine&listViewType=ArchivedOnly'))).toEqual([shelved]);
});

test('who may read the jobs of some endpoints sees those of a schedule that are of them', async () => {
  const token = await host.token('management', { roles: ['Jobs.Read:others'] });
  const { body } = await api.send<{ value: StartedJob[] }>('GET', '/jobs?schedule=moved', { token });
  expect(body.value.map(({ properties }) => properties.endpointName)).toEqual(['others']);
});

test('a job that does one of a schedule again is that of the person who asks for it', async () => {
  const [job = ''] = names(await jobs('/jobs?schedule=trigger'));
  await host.finished(job);
  const again = (await host.ask('POST', '/batchEndpoints/others/jobs', {
    properties: { rerun: { job } },
  })) as StartedJob;
  expect(again.properties.caller.type).toBe('user');
  expect(names(await jobs('/jobs?schedule=trigger'))).toEqual([job]);
});

test.each(['schedule=a&trigger=b', 'schedule=%2F', 'schedule=', 'trigger=x'])(
  'a list with %s is refused',
  async (query) => {
    expect(await api.refusal('GET', `/jobs?${query}`)).toEqual([400, 'ParameterInvalid']);
  },
);
