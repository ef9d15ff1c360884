import type { ShownJob } from '../../../bench/product/productHost';
import { useApi, type ApiAnswer, type ErrorEnvelope } from '../../support/api';
import { echoScript } from '../../support/workspace';

const api = useApi();
const { host } = api;

beforeAll(async () => {
  await host.endpoint('digits', echoScript);
  host.inputs(2);
});

function invoke(name: unknown): Promise<ApiAnswer<ShownJob & ErrorEnvelope>> {
  const dataset = { dataInputType: 'DataUrl', path: `file://${host.folder}/input` };
  return api.send('POST', '/batchEndpoints/digits/jobs', { body: { properties: { name, dataset } } });
}

test('a name may have 255 characters, and its job is found by it everywhere', async () => {
  const name = `${'long-Name_'.repeat(25)}12345`;
  expect(name).toHaveLength(255);
  expect((await invoke(name)).status).toBe(201);
  const { properties } = await host.finished(name);
  expect(properties.status).toBe('Completed');
  expect(properties.outputUri).toContain(`/azureml/${name}/score/predictions.csv`);
  expect(await host.file(name, 'named-outputs/score/predictions.csv')).toBe('0\n1\n');
  expect((await api.send<ShownJob>('GET', `/batchEndpoints/digits/jobs/${name}`)).body.name).toBe(name);
  expect((await api.pages<ShownJob>('/jobs', 100)).map((job) => job.name)).toContain(name);
  expect((await fetch(properties.interactionEndpoints.Studio.endpoint)).status).toBe(200);
});

test('names that begin with the same 200 characters are different jobs', async () => {
  const names = ['a', 'b'].map((end) => `${'x'.repeat(200)}${end}`);
  for (const name of names) expect((await invoke(name)).status).toBe(201);
  for (const name of names) {
    const job = await host.finished(name);
    expect([job.name, job.properties.status, job.properties.progress['rows']]).toEqual([
      name,
      'Completed',
      2,
    ]);
  }
});

test('names that differ in case alone are one job', async () => {
  expect((await invoke('Some-Job')).status).toBe(201);
  const { status, body } = await invoke('some-job');
  expect([status, body.error.code]).toEqual([409, 'JobExists']);
  expect((await host.job('SOME-JOB')).name).toBe('Some-Job');
});

test.each([
  ['of 256 characters', 'x'.repeat(256)],
  ['of 100,000 characters', 'x'.repeat(100_000)],
  ['that is empty', ''],
  ['with dots that climb', '../../etc/passwd'],
  ['with a slash', 'a/b'],
  ['with a backslash', 'a\\b'],
  ['with a dot', 'a.b'],
  ['with a hyphen in front', '-rf'],
  ['with a line break', 'a\nb'],
  ['with a control character', 'a\u0000b'],
  ['with a letter beyond ASCII', 'jöb'],
  ['with an escape', 'a%2Fb'],
  ['with markup', '<b>job</b>'],
  ['with blanks around', ' job '],
])('a name %s is refused', async (_what, name) => {
  const { status, body } = await invoke(name);
  expect([status, body.error.code]).toEqual([400, 'NameInvalid']);
  expect(body.error.message).toContain("1 to 255 letters, digits, '-' and '_'");
  expect(body.error.message).not.toMatch(/[\u0000-\u001f]/);
});

test('a name that is null is as good as none', async () => {
  const { status, body } = await invoke(null);
  expect([status, body.name]).toEqual([201, expect.stringMatching(/^[0-9a-f-]{36}$/)]);
});

test.each([[7], [true], [['a']]])('a name that is no text is refused: %j', async (name) => {
  const { status, body } = await invoke(name);
  expect([status, body.error.code, body.error.target]).toEqual([400, 'BodyInvalid', 'properties.name']);
});
