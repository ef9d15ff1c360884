import { useApi, workspacePath, type ApiAnswer } from '../../support/api';

interface Run {
  readonly runId: string;
  readonly displayName: string;
  readonly status: string;
  readonly hidden: boolean;
  readonly tags: object;
  readonly outputs: Readonly<Record<string, { readonly assetId: string; readonly type: string }>>;
  readonly logFiles: Readonly<Record<string, string>>;
}

const api = useApi();
const { host } = api;
const history = `//history/v1.0${workspacePath}`;
const data = `//data/v1.0${workspacePath}`;
let ours: string;

const printing = (text: string): string =>
  `def run(mini_batch):\n    print(${text})\n    return [open(path).read() for path in mini_batch]\n`;

beforeAll(async () => {
  await host.endpoint('ours', printing('"scored", len(mini_batch)'));
  ours = await scored('ours');
});

async function scored(endpoint: string): Promise<string> {
  const { name } = await host.invoke(endpoint, host.inputs(2, endpoint));
  await host.finished(name);
  return name;
}

const details = async (job: string): Promise<Run> =>
  (await api.send<Run>('GET', `${history}/runs/${job}/details`)).body;

/** Opens a link as anybody does who has it. */
function opened(link = ''): Promise<ApiAnswer<string>> {
  const { pathname, search } = new URL(link);
  return api.send<string>('GET', `/${pathname}${search}`, { token: null });
}

test('a job is told as a run, with one child that has its output', async () => {
  const run = await details(ours);
  expect(run).toMatchObject({ runId: ours, status: 'Completed' });
  const { body } = await api.send<{ value: Run[] }>('GET', `${history}/runs/${ours}/children`);
  expect(body.value.map(({ displayName }) => displayName)).toEqual(['batchscoring']);
  const { body: found } = await api.send<{ runMetadata: Run }>('POST', `${history}/rundata`, {
    body: { runId: ours },
  });
  expect(found.runMetadata.outputs).toEqual(run.outputs);
});

test('the place of an output is told by its id, and of what is not there nothing', async () => {
  const id = (await details(ours)).outputs['score']?.assetId ?? '';
  const values = [id, 'azureml://jobs/nobody/outputs/score', 'anything'];
  const { body } = await api.send<{ values: Readonly<Record<string, { readonly uri: string }>> }>(
    'POST',
    `${data}/dataversion/batchGetResolvedUris`,
    { body: { values } },
  );
  expect(Object.keys(body.values)).toEqual([id]);
  expect(body.values[id]?.uri).toMatch(/\/datastores\/workspaceblobstore\/paths\/.*predictions\.csv$/);
});

test('what is said of a run changes, and what is not sent stays', async () => {
  const path = `${history}/experiments/ours/runs/${ours}`;
  const change = (body: object): Promise<ApiAnswer<Run>> => api.send<Run>('PATCH', path, { body });
  await change({ tags: { a: '1' } });
  const { body } = await change({ hidden: true });
  expect([body.hidden, body.tags]).toEqual([true, { a: '1' }]);
});

test('logs open by their links without a token, and no other job opens by them', async () => {
  const { logFiles } = await details(ours);
  const log = logFiles['user_logs/std_log.txt'];
  expect(await opened(log)).toMatchObject({ status: 200, body: 'scored 2\n' });
  expect((await opened(logFiles['logs/job_result.txt'])).status).toBe(200);
  const other = await scored('ours');
  expect((await opened(log?.replace(ours, other))).status).toBe(401);
});

test('who may read the jobs of another endpoint alone is told the same of a job that is there and of none', async () => {
  const token = await host.token('management', { roles: ['Jobs.Read:theirs', 'Jobs.Invoke:theirs'] });
  const refused: [string, string, object?][] = [];
  for (const job of [ours, 'nobody']) {
    refused.push(['GET', `/runs/${job}`], ['GET', `/runs/${job}/details`], ['GET', `/runs/${job}/children`]);
    refused.push(['POST', '/rundata', { runId: job }], ['PATCH', `/experiments/e/runs/${job}`, {}]);
  }
  for (const [method, path, body] of refused)
    expect(await api.refusal(method, `${history}${path}`, { token, body })).toEqual([403, 'RoleMissing']);
  const id = `azureml://jobs/${ours}/outputs/score`;
  const { body } = await api.send<object>('POST', `${data}/dataversion/batchGetResolvedUris`, {
    token,
    body: { values: [id] },
  });
  expect(body).toEqual({ values: {} });
});
