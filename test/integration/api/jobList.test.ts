import { randomUUID } from 'node:crypto';
import type { ShownJob } from '../../../bench/product/productHost';
import { useApi, workspacePath } from '../../support/api';
import { echoScript } from '../../support/workspace';

interface Page {
  readonly value: readonly ShownJob[];
  readonly nextLink?: string;
}

const api = useApi();
const { host } = api;
let input: string;

beforeAll(async () => {
  input = host.inputs(1);
  for (const name of ['one', 'two']) await host.endpoint(name, echoScript);
});

async function invoke(endpoint: string): Promise<string> {
  return (await host.invoke(endpoint, input)).name;
}

async function page(path: string): Promise<Page> {
  return (await api.send<Page>('GET', path)).body;
}

function following({ nextLink = '' }: Page): Promise<Page> {
  const { origin, pathname, search } = new URL(nextLink);
  expect(origin).toBe(host.url);
  return page(`${pathname.slice(workspacePath.length)}${search}`);
}

const names = ({ value }: Page): string[] => value.map(({ name }) => name);

test('a list has the newest job first, and its pages have no job twice and miss none', async () => {
  const made: string[] = [];
  for (let i = 0; i < 7; i++) made.unshift(await invoke('one'));
  const listed = await api.pages<ShownJob>('/batchEndpoints/one/jobs?$top=3', 3);
  expect(listed.map(({ name }) => name)).toEqual(made);
  expect(await page('/batchEndpoints/one/jobs?$maxpagesize=7')).not.toHaveProperty('nextLink');
});

test('pages of what is archived, and of what is not, have no job twice and miss none', async () => {
  await host.endpoint('shelf', echoScript);
  const made: string[] = [];
  for (let i = 0; i < 9; i++) made.unshift(await invoke('shelf'));
  const isArchived = (name: string): boolean => [1, 2, 5, 6, 8].includes(made.indexOf(name));
  for (const name of made.filter(isArchived))
    await api.send('PATCH', `/jobs/${name}`, { body: { properties: { isArchived: true } } });
  const listed = async (view: string, size: number): Promise<string[]> => {
    const path = `/batchEndpoints/shelf/jobs?listViewType=${view}&$top=${size}`;
    return (await api.pages<ShownJob>(path, size)).map(({ name }) => name);
  };
  for (const size of [1, 2, 3, 5, 9]) {
    expect(await listed('ArchivedOnly', size)).toEqual(made.filter(isArchived));
    expect(await listed('ActiveOnly', size)).toEqual(made.filter((name) => !isArchived(name)));
    expect(await listed('All', size)).toEqual(made);
  }
});

test('pages stay as they are while jobs are added', async () => {
  const before = names(await page('/batchEndpoints/one/jobs'));
  const first = await page('/batchEndpoints/one/jobs?$top=2');
  await Promise.all([invoke('one'), invoke('one')]);
  const second = await following(first);
  await invoke('one');
  const third = await following(second);
  expect([...names(first), ...names(second), ...names(third)]).toEqual(before.slice(0, 6));
  expect(names(await page('/batchEndpoints/one/jobs'))).toHaveLength(before.length + 3);
});

test('pages have no job twice and miss none of before, while others are invoked and all of them end', async () => {
  const before = await Promise.all(Array.from({ length: 24 }, () => invoke('one')));
  let isWalked = false;
  let added = 0;
  const adding = async (): Promise<void> => {
    for (; !isWalked; added++) await host.finished(await invoke('one'));
  };
  const others = Promise.all([adding(), adding(), adding()]);
  const walk = async (): Promise<void> => {
    const atStart = names(await page('/batchEndpoints/one/jobs?$top=1000'));
    const seen = (await api.pages<ShownJob>('/batchEndpoints/one/jobs?$top=3', 3)).map(({ name }) => name);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.filter((name) => atStart.includes(name))).toEqual(atStart);
    expect(atStart).toEqual(expect.arrayContaining(before));
  };
  for (let round = 0; round < 5 || added < 5; round++) await walk();
  isWalked = true;
  await others;
});

test('lists below an endpoint and a deployment have their jobs alone', async () => {
  const other = await invoke('two');
  expect(names(await page('/batchEndpoints/one/jobs'))).not.toContain(other);
  expect(names(await page('/batchEndpoints/two/jobs'))).toEqual([other]);
  expect(names(await page('/batchEndpoints/TWO/deployments/MAIN/jobs'))).toEqual([other]);
  expect(names(await page('/jobs'))[0]).toBe(other);
  expect(await api.refusal('GET', '/batchEndpoints/two/deployments/none/jobs')).toEqual([
    404,
    'ResourceNotFound',
  ]);
});

test('a job is found below its own endpoint and deployment alone', async () => {
  const name = await invoke('one');
  for (const place of ['/jobs', '/batchEndpoints/one/jobs', '/batchEndpoints/one/deployments/main/jobs'])
    expect((await api.send<ShownJob>('GET', `${place}/${name}`)).body.name).toBe(name);
  for (const place of ['/batchEndpoints/two/jobs', '/batchEndpoints/one/deployments/none/jobs']) {
    expect(await api.refusal('GET', `${place}/${name}`)).toEqual([404, 'ResourceNotFound']);
    expect(await api.refusal('POST', `${place}/${name}/cancel`)).toEqual([404, 'ResourceNotFound']);
  }
});

test('a list is the same after the host was killed', async () => {
  const before = names(await page('/jobs'));
  await host.kill();
  await host.start();
  expect(names(await page('/jobs'))).toEqual(before);
});

test('a page token of another list is of no use to look into it', async () => {
  const first = await page('/batchEndpoints/one/jobs?$top=1');
  const token = new URL(first.nextLink ?? '').searchParams.get('$skip') ?? '';
  expect(names(await page(`/batchEndpoints/two/jobs?$skip=${token}`))).not.toEqual(
    expect.arrayContaining(names(first)),
  );
  expect(await api.refusal('GET', `/jobs?$skip=${randomUUID()}`)).toEqual([400, 'PageTokenInvalid']);
});
