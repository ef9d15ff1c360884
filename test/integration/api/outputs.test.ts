import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../../../bench/product/until';
import type { ShownJob } from '../../../bench/product/productHost';
import { useApi } from '../../support/api';
import { Gate } from '../../support/gatedScript';

const api = useApi();
const { host } = api;
const gate = new Gate(host);
let input: string;

beforeAll(async () => {
  await gate.endpoint('digits');
  input = host.inputs(2);
});
beforeEach(() => gate.close());

/** A folder of this machine as the place of an output. */
function aPlace(): { outputDataset: object; file: string } {
  const folder = join(host.folder, `out-${randomUUID()}`);
  return { outputDataset: { path: `file://${folder}` }, file: join(folder, 'predictions.csv') };
}

const running = (name: string): Promise<ShownJob> =>
  until(
    () => host.job(name),
    ({ properties }) => properties.status === 'Running',
  );

const scoreNames = async (name: string): Promise<string[]> => {
  const { value } = (await host.ask('GET', `/jobs/${name}/files`)) as { value: { name: string }[] };
  return value.map((file) => file.name).filter((file) => file.startsWith('named-outputs/'));
};

test('of several jobs to one output path, exactly one passes, and says which one has it', async () => {
  const { outputDataset, file } = aPlace();
  const jobs = await Promise.all(
    Array.from({ length: 4 }, () => host.invoke('digits', input, { outputDataset })),
  );
  gate.open();
  const ended = await Promise.all(jobs.map(({ name }) => host.finished(name)));
  const winners = ended.filter(({ properties }) => properties.status === 'Completed');
  expect(winners).toHaveLength(1);
  for (const { properties } of ended.filter((one) => !winners.includes(one)))
    expect(properties.error?.code).toMatch(/^Output(Reserved|Exists)$/);
  expect(readFileSync(file, 'utf8')).toBe('0\n1\n');
});

test('an output that is there is refused before a job is made', async () => {
  const { outputDataset } = aPlace();
  gate.open();
  const { name } = await host.invoke('digits', input, { outputDataset });
  await host.finished(name);
  const body = {
    properties: { dataset: { dataInputType: 'DataUrl', path: `file://${input}` }, outputDataset },
  };
  const before = (await api.pages('/jobs', 100)).length;
  expect(await api.refusal('POST', '/batchEndpoints/digits/jobs', { body })).toEqual([409, 'OutputExists']);
  expect(await api.pages('/jobs', 100)).toHaveLength(before);
});

test('nothing is visible at the place of an output before all is scored, and its URI is told with it', async () => {
  const { outputDataset, file } = aPlace();
  const { name } = await host.invoke('digits', input, { outputDataset });
  const { properties } = await running(name);
  expect([properties.outputUri, existsSync(file), await scoreNames(name)]).toEqual([undefined, false, []]);
  expect(await api.refusal('GET', `/jobs/${name}/files/named-outputs/score/predictions.csv`)).toEqual([
    404,
    'JobFileMissing',
  ]);
  gate.open();
  const done = await host.finished(name);
  expect(done.properties.outputUri).toBe(`file://${file}`);
  expect(await scoreNames(name)).toEqual(['named-outputs/score/predictions.csv']);
  expect(await host.file(name, 'named-outputs/score/predictions.csv')).toBe('0\n1\n');
});

test('a job that was cancelled leaves its place free for the next one, at once', async () => {
  const { outputDataset, file } = aPlace();
  const cancelled = await host.invoke('digits', input, { outputDataset });
  await running(cancelled.name);
  await api.send('POST', `/jobs/${cancelled.name}/cancel`);
  expect((await host.finished(cancelled.name)).properties.status).toBe('Canceled');
  expect(existsSync(file)).toBe(false);
  gate.open();
  const next = await host.invoke('digits', input, { outputDataset });
  expect((await host.finished(next.name)).properties.status).toBe('Completed');
  expect(await scoreNames(cancelled.name)).toEqual([]);
});

test.each([
  [{ outputDataset: { path: '../out' } }],
  [{ outputDataset: { path: 'a/../../out' } }],
  [{ outputDataset: { path: '/out' } }],
  [{ outputDataset: { path: 'http://host/out' } }],
  [{ outputDataset: { path: 'azureml:/datastores/out' } }],
  [{ outputDataset: { path: 'a\\b' } }],
  [{ outputDataset: { path: '%2e%2e/out' } }],
  [{ outputDataset: { path: 'a%252e%252e/out' } }],
  [{ outputDataset: { path: 'a\u0001b' } }],
  [{ outputDataset: { path: 'a/'.repeat(600) } }],
  [{ outputDataset: { path: 'file:///tmp/../etc' } }],
  [{ outputDataset: { path: 'file:///tmp/%2e%2e/etc' } }],
  [{ outputDataset: { path: 'file:///tmp/a%2Fb' } }],
  [{ outputData: { score: { jobOutputType: 'UriFile', uri: 'file:///tmp/out/%2E%2E' } } }],
  [{ outputData: { score: { jobOutputType: 'UriFile', uri: 'file:///tmp/out/%zz' } } }],
  [{ outputData: { score: { jobOutputType: 'UriFile', uri: 'file:///tmp/out/' } } }],
  [{ outputDataset: { path: 'file://elsewhere/tmp/out' } }],
  [{ outputDataset: { path: 'azureml://datastores/workspaceblobstore/paths/../x' } }],
  [
    {
      outputData: {
        score: { jobOutputType: 'UriFile', uri: 'azureml://datastores/workspaceblobstore/paths/a/' },
      },
    },
  ],
])('an output that climbs out of its place is refused: %j', async (output) => {
  const properties = { dataset: { dataInputType: 'DataUrl', path: `file://${input}` }, ...output };
  expect(await api.refusal('POST', '/batchEndpoints/digits/jobs', { body: { properties } })).toEqual([
    400,
    'OutputInvalid',
  ]);
});

test('a place that nothing can be written to is refused before a job is made, and nothing is left there', async () => {
  symlinkSync('nowhere', join(host.folder, 'dangling'));
  writeFileSync(join(host.folder, 'a-file'), '');
  const places = [join(host.folder, 'dangling/out'), join(host.folder, 'a-file/out'), '/proc/nowhere/out'];
  const before = (await api.pages('/jobs', 100)).length;
  for (const place of places) {
    const body = {
      properties: {
        dataset: { dataInputType: 'DataUrl', path: `file://${input}` },
        outputDataset: { path: `file://${place}` },
      },
    };
    expect(await api.refusal('POST', '/batchEndpoints/digits/jobs', { body })).toEqual([
      400,
      'OutputUnwritable',
    ]);
  }
  expect(await api.pages('/jobs', 100)).toHaveLength(before);
  expect(readdirSync(host.folder)).not.toContain('nowhere');
});
