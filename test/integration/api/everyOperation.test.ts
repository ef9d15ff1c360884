import { pathToFileURL } from 'node:url';
import { until } from '../../../bench/product/until';
import { audiences } from '../../../shared/security/audiences';
import type { Audience } from '../../../shared/security/tokens';
import { useApi, workspacePath, type ApiAnswer } from '../../support/api';
import type { DescribedOperation } from '../../support/description';
import { scheduleOf } from '../../support/schedules';

/** A workspace with one of everything, in which every operation does what it is for. */
const api = useApi({ BATCHPOINT_BLOB_SERVICE: 'https://localhost:7443/batchpoint.blob.local' });
const script = 'def run(mini_batch):\n    return mini_batch\n';
const kinds = ['models', 'codes', 'environments', 'data'] as const;

let values: Readonly<Record<string, string>>;
let contents: Readonly<Record<(typeof kinds)[number], object>>;
let link: string;

beforeAll(async () => {
  const { host } = api;
  await host.endpoint('main', script);
  const model = pathToFileURL(host.write('other/model.txt', 'a model')).href;
  const code = pathToFileURL(host.write('other-code/score.py', script)).href.replace(/\/score.py$/, '');
  contents = {
    models: { modelUri: model },
    codes: { codeUri: code },
    environments: { condaFile: 'dependencies: [python=3.11]\n' },
    data: { dataUri: model, dataType: 'uri_file' },
  };
  await host.ask('PUT', '/environments/main/versions/1', { properties: contents.environments });
  await host.ask('PUT', '/data/main/versions/1', { properties: contents.data });
  const made = await host.request('PUT', '/batchEndpoints/second', { properties: {} });
  const operation = /mfeOperationsStatus\/([^?]+)/.exec(made.headers.get('azure-asyncoperation') ?? '')?.[1];
  const watch = { datastore: 'workspaceblobstore', path: 'incoming' };
  await host.ask('PUT', '/triggers/main', { properties: { endpoint: 'main', watch } });
  await host.ask('PUT', '/schedules/main', scheduleOf({}, { endpointName: 'main' }));
  // Nobody is there to be told.
  const url = 'http://127.0.0.1:9/';
  const notifications = [{ notificationType: 'Webhook', url, secret: `whsec_${'MDEy'.repeat(8)}` }];
  const { name } = await host.invoke('main', host.inputs(2), { notifications });
  const { properties } = await host.finished(name);
  const told = await until(
    async () => (await host.ask('GET', '/notifications')) as { value: { name: string }[] },
    ({ value }) => value.length > 0,
  );
  link = new URL(properties.interactionEndpoints.Studio.endpoint).search;
  values = {
    subscription: 's',
    group: 'g',
    workspace: 'w',
    location: 'local',
    operation: operation ?? '',
    endpoint: 'main',
    deployment: 'main',
    name: 'main',
    version: '1',
    compute: 'cpu',
    datastore: 'workspaceblobstore',
    schedule: 'main',
    trigger: 'main',
    notification: told.value[0]?.name ?? '',
    job: name,
    experiment: 'Default',
  };
});

/** Sends a request that has to do what was asked. */
async function done(
  method: string,
  path: string,
  body?: object,
  audience: Audience = 'management',
): Promise<ApiAnswer<unknown>> {
  const answer = await api.send<unknown>(method, path, {
    audience,
    ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } }),
  });
  expect([method, path, answer.status < 300, answer.body]).toEqual([method, path, true, answer.body]);
  return answer;
}

function audienceOf({ 'x-audience': audience }: DescribedOperation): Audience {
  return audience === audiences.data ? 'data' : 'management';
}

test('every operation that shows something shows it', async () => {
  const shown = (await api.described()).operations().filter(({ method }) => method === 'GET');
  expect(shown.length).toBeGreaterThan(50);
  for (const { path, operation } of shown) {
    const file = path.includes('/models/') ? 'model.txt' : 'logs/job_result.txt';
    const filled = path.replace(/\{(\w+)\}/g, (_whole, key: string) =>
      key === 'file' ? file : (values[key] ?? key),
    );
    const query = path.startsWith('/studio') ? link : '';
    await done('GET', `/${filled}${query}`, undefined, audienceOf(operation));
  }
});

describe.each(kinds)('of %s', (kind) => {
  test('a version is made, changed, archived over all versions, and deleted', async () => {
    const version = `/${kind}/another/versions/1`;
    await done('PUT', version, { properties: contents[kind] });
    await done('PATCH', version, { properties: { description: 'tried' } });
    await done('PUT', `/${kind}/another`, { properties: { description: 'all of them' } });
    await done('PATCH', `/${kind}/another`, { properties: { isArchived: true } });
    await done('DELETE', version);
    await done('PUT', `/${kind}/another/versions/2`, { properties: contents[kind] });
    await done('DELETE', `/${kind}/another`);
  });
});

test('a trigger is made, changed, paused, resumed and deleted', async () => {
  await done('PUT', '/triggers/another', { properties: { endpoint: 'main', watch: { path: 'elsewhere' } } });
  await done('PATCH', '/triggers/another', { properties: { description: 'tried' } });
  await done('POST', '/triggers/another/pause');
  await done('POST', '/triggers/another/resume');
  await done('DELETE', '/triggers/another');
});

test('a place to upload to is given for models and code, and a signature for a datastore', async () => {
  for (const kind of ['models', 'codes']) {
    await done('POST', `/${kind}/uploaded/versions/1/startPendingUpload`, {
      pendingUploadType: 'TemporaryBlobReference',
    });
  }
  await done('POST', '/datastores/workspaceblobstore/listSecrets');
});

test('the history of runs tells of a job, changes what is said of it, and finds its output', async () => {
  const history = `//history/v1.0${workspacePath}`;
  const { body } = await done('POST', `${history}/rundata`, { runId: values['job'] });
  await done('PATCH', `${history}/experiments/Default/runs/${values['job'] ?? ''}`, { displayName: 'A run' });
  const [asset] = JSON.stringify(body).match(/azureml:\/\/[^"]*score[^"]*/) ?? [''];
  await done('POST', `//data/v1.0${workspacePath}/dataversion/batchGetResolvedUris`, { values: [asset] });
});

test('what nothing uses is freed, or it is told what that would be', async () => {
  const { headers } = await done('POST', '/collectGarbage', { dryRun: true });
  const { pathname, search } = new URL(String(headers['azure-asyncoperation']));
  const { body } = await done('GET', `/${pathname}${search}`);
  expect(body).toMatchObject({ properties: { dryRun: true } });
});
