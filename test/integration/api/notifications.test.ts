import { until } from '../../../bench/product/until';
import { CommandLine } from '../../support/commandLine';
import { useApi, type ApiAnswer } from '../../support/api';
import { webhookSecret as secret } from '../../support/endedJobs';
import { Receiver } from '../../support/receiver';

const api = useApi();
const cli = new CommandLine({ BATCHPOINT_STATE: api.host.state });
let receiver: Receiver;

interface Sent {
  readonly name: string;
  readonly properties: { readonly status: string; readonly jobName: string; readonly lastError?: string };
}

beforeAll(async () => {
  receiver = await Receiver.start();
  const notifications = [{ notificationType: 'Webhook', url: `${receiver.url}/deployment`, secret }];
  await api.host.endpoint(
    'hearts',
    'export const run = (batch) => batch.map(() => "x");',
    { notifications },
    'score.mjs',
  );
});
afterAll(async () => {
  await receiver.stop();
  await cli.close();
});

const deployment = '/batchEndpoints/hearts/deployments/main';

/** Runs a job to its end, and waits until so many requests in all have told of ends. */
async function run(name: string, properties: object, told: number): Promise<void> {
  api.host.write(`in-${name}/a.txt`, 'a');
  await api.host.invoke('hearts', `${api.host.folder}/in-${name}`, { name, ...properties });
  await receiver.toldOf(told);
}

/** What there is of a job, once none of it waits for its first try. */
async function sentOf(job: string): Promise<Sent[]> {
  for (;;) {
    const { body } = await api.send<{ value: Sent[] }>('GET', `/notifications?jobName=${job}`);
    if (
      body.value.every(
        ({ properties }) => properties.status !== 'Waiting' || properties.lastError !== undefined,
      )
    )
      return body.value;
  }
}

test('a deployment keeps the secrets of its notifications, and shows none', async () => {
  const shown = { notificationType: 'Webhook', url: `${receiver.url}/deployment`, hasSecret: true };
  const got = await api.send<{ properties: object }>('GET', deployment);
  expect(got.body.properties).toMatchObject({ notifications: [shown] });
  const changed = await api.send('PATCH', deployment, {
    body: { properties: { notifications: [{ ...shown, on: ['Completed', 'Failed'] }] } },
  });
  expect(changed.body).toMatchObject({
    properties: { notifications: [{ ...shown, on: ['Completed', 'Failed'] }] },
  });
  const described = await api.send('PATCH', deployment, { body: { properties: { description: 'd' } } });
  expect(described.body).toMatchObject({ properties: { notifications: [{ hasSecret: true }] } });
  const moved = { ...shown, url: `${receiver.url}/elsewhere` };
  expect(
    await api.refusal('PATCH', deployment, { body: { properties: { notifications: [moved] } } }),
  ).toEqual([400, 'NotificationInvalid']);
});

test('the end of a job is told to those of the job and of its deployment, each once', async () => {
  const own = { notificationType: 'Webhook', url: `${receiver.url}/job`, secret };
  const again = { notificationType: 'Webhook', url: `${receiver.url}/deployment`, secret };
  await run('first', { notifications: [own, again] }, 2);
  expect(receiver.told.map(({ path }) => path).sort()).toEqual(['/deployment', '/job']);
  const job = await api.send<{ properties: object }>('GET', '/jobs/first');
  expect(job.body.properties).toMatchObject({
    notifications: [
      { url: `${receiver.url}/job`, hasSecret: true },
      { url: `${receiver.url}/deployment`, hasSecret: true },
    ],
  });
  const sent = await sentOf('first');
  expect(sent.map(({ properties }) => properties.status)).toEqual(['Delivered', 'Delivered']);
  const answers = [
    got(job),
    JSON.stringify(sent),
    api.host.log,
    ...receiver.told.map((told) => JSON.stringify(told)),
  ];
  for (const text of answers) expect(text).not.toContain(secret.slice('whsec_'.length));
});

test('what nobody takes is a dead letter, is listed, shown, sent again and deleted', async () => {
  receiver.answer = (response) => response.writeHead(410).end();
  const before = receiver.told.length;
  await run('second', {}, before + 1);
  const [dead, ...others] = await sentOf('second');
  const name = dead?.name ?? '';
  expect(others).toEqual([]);
  expect(dead?.properties).toMatchObject({ status: 'Dead', lastError: 'the answer was 410' });
  const list = await cli.json<object[]>([
    'notification',
    'list',
    '--dead',
    '--job-name',
    'second',
    '--max-results',
    '5',
  ]);
  expect(list).toMatchObject([{ name, status: 'Dead', job_name: 'second', type: 'webhook', tries: 1 }]);
  expect(await cli.json(['notification', 'show', '-n', name])).toMatchObject({
    last_error: 'the answer was 410',
    payload: { type: 'batchpoint.job.completed', data: { job: 'second', counts: { rows: 1 } } },
  });
  receiver.answer = (response) => response.writeHead(200).end();
  await cli.json(['notification', 'resend', '-n', name]);
  await receiver.toldOf(before + 2);
  expect((await sentOf('second'))[0]?.properties.status).toBe('Delivered');
  const ids = receiver.told.slice(before).map(({ headers }) => headers['webhook-id']);
  expect(ids).toEqual([name, name]);
  const resent: ApiAnswer<Sent> = await api.send('POST', `/notifications/${name}/resend`);
  expect(resent.status).toBe(200);
  await receiver.toldOf(before + 3);
  await sentOf('second');
  expect((await cli.run(['notification', 'delete', '-n', name, '--yes'])).code).toBe(0);
  expect((await api.send('GET', `/notifications/${name}`)).status).toBe(404);
  expect((await api.send('DELETE', `/notifications/${name}`)).status).toBe(204);
  expect((await api.send('POST', `/notifications/${name}/resend`)).status).toBe(404);
});

test('notifications are listed page by page, and by their status', async () => {
  const all = await api.pages<Sent>('/notifications?$top=1', 1);
  expect(all.map(({ properties }) => properties.jobName)).toEqual(['first', 'first']);
  const delivered = await api.send<{ value: Sent[] }>('GET', '/notifications?status=delivered');
  expect(delivered.body.value).toHaveLength(2);
  expect((await api.send<{ value: Sent[] }>('GET', '/notifications?status=Dead')).body.value).toEqual([]);
  expect(await api.refusal('GET', '/notifications?status=lost')).toEqual([400, 'ParameterInvalid']);
  const long = `/notifications?jobName=${'x'.repeat(256)}`;
  expect(await api.refusal('GET', long)).toEqual([400, 'ParameterInvalid']);
});

test('notifications are for those who may read the jobs of the endpoint, and are sent by those who may start them', async () => {
  const [{ name = '' } = {}] = await sentOf('first');
  const reader = await api.host.token('management', { roles: ['Jobs.Read:hearts'] });
  const stranger = await api.host.token('management', { roles: ['Jobs.Read:other', 'Jobs.Invoke:other'] });
  const listed = async (token: string): Promise<number> =>
    (await api.send<{ value: Sent[] }>('GET', '/notifications', { token })).body.value.length;
  expect([await listed(reader), await listed(stranger)]).toEqual([2, 0]);
  expect((await api.send('GET', `/notifications/${name}`, { token: reader })).status).toBe(200);
  for (const [method, path, token] of [
    ['GET', '', stranger],
    ['POST', '/resend', stranger],
    ['POST', '/resend', reader],
    ['DELETE', '', reader],
  ] as const)
    expect(await api.refusal(method, `/notifications/${name}${path}`, { token })).toEqual([
      403,
      'RoleMissing',
    ]);
});

test('what is told of a job that was removed is not sent again', async () => {
  receiver.answer = (response) => response.writeHead(410).end();
  const before = receiver.told.length;
  await run('third', {}, before + 1);
  const [{ name = '' } = {}] = await sentOf('third');
  await until(
    async () => {
      await cli.run(['gc', '--older-than', '0d', '--only', 'jobs']);
      return api.send('GET', '/jobs/third');
    },
    ({ status }) => status === 404,
  );
  expect(await api.refusal('POST', `/notifications/${name}/resend`)).toEqual([
    409,
    'NotificationSecretMissing',
  ]);
  expect((await sentOf('third')).map(({ properties }) => properties.status)).toEqual(['Dead']);
  expect(receiver.told).toHaveLength(before + 1);
});

test('a new secret is one that a webhook takes', async () => {
  const { secret: made } = await cli.json<{ secret: string }>(['notification', 'secret']);
  const notifications = [{ notificationType: 'Webhook', url: `${receiver.url}/deployment`, secret: made }];
  const { status } = await api.send('PATCH', deployment, { body: { properties: { notifications } } });
  expect(status).toBe(200);
  const none = await api.send<{ properties: object }>('PATCH', deployment, {
    body: { properties: { notifications: null } },
  });
  expect(none.body.properties).not.toHaveProperty('notifications');
});

function got(answer: ApiAnswer<object>): string {
  return JSON.stringify(answer.body);
}
