import type { ServerResponse } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { noProgress } from '../../../shared/jobs/jobRun';
import type { JobMessage } from '../../../shared/notifications/jobMessage';
import type { Notification } from '../../../shared/notifications/notification';
import type { SentNotification } from '../../../shared/notifications/sentNotification';
import { EndedJobs, webhookSecret as secret } from '../../support/endedJobs';
import { Receiver, type Told } from '../../support/receiver';

let receiver: Receiver;
let jobs: EndedJobs;
let webhook: Notification;

beforeEach(async () => {
  receiver = await Receiver.start();
  jobs = new EndedJobs();
  webhook = { type: 'webhook', url: `${receiver.url}/hook`, secret };
});
afterEach(async () => {
  await receiver.stop();
  expect(jobs.reported).toEqual([]);
});

/** The one notification that there is. */
async function only(): Promise<SentNotification> {
  const { found } = await jobs.outbox.page({ mayShow: () => true }, 10);
  const [first] = found;
  if (first === undefined || found.length > 1) throw new Error(`There are ${found.length} notifications.`);
  return first;
}

/** What was told, if its signature is right now. */
function verified({ body, headers }: Told, at: Date): JobMessage {
  const dateOfTest = jest.spyOn(Date, 'now').mockReturnValue(at.getTime());
  try {
    return new Webhook(secret).verify(body, headers as Record<string, string>) as JobMessage;
  } finally {
    dateOfTest.mockRestore();
  }
}

describe('a webhook', () => {
  test('is signed as the Standard Webhooks specification has it', async () => {
    const job = await jobs.end('one', [webhook], {
      progress: { ...noProgress, files: 3, failedFiles: 1, miniBatches: 2, rows: 2 },
      result: { outputUri: 'https://a.example/c/out.csv?sv=1&sig=very', outputBytes: 20, scriptFiles: [] },
    });
    await jobs.outbox.take(job);
    await jobs.deliver();
    const [told, ...others] = receiver.told;
    if (told === undefined) throw new Error('Nobody was told.');
    expect(others).toEqual([]);
    expect(verified(told, jobs.now())).toEqual({
      type: 'batchpoint.job.completed',
      timestamp: '2026-11-26T12:00:00.000Z',
      data: {
        job: 'one',
        endpoint: 'hearts',
        deployment: 'main',
        status: 'Completed',
        createdAt: '2026-11-26T12:00:00.000Z',
        endedAt: '2026-11-26T12:00:00.000Z',
        counts: { files: 3, failedFiles: 1, miniBatches: 2, failedMiniBatches: 0, rows: 2 },
        output: { uri: 'https://a.example/c/out.csv?sv=1&sig=***', bytes: 20 },
        caller: { type: 'user', name: 'ann' },
      },
    });
    expect(told.headers['webhook-id']).toBe((await only()).id);
    expect(told.headers['user-agent']).toMatch(/^batchpoint\/\d/);
    expect(() =>
      new Webhook(secret).verify(`${told.body} `, told.headers as Record<string, string>),
    ).toThrow();
    expect(await only()).toMatchObject({ status: 'Delivered', tries: 1 });
  });

  test('tells why a job has failed, without what is secret in it and of a bounded size', async () => {
    const message = `Bearer ${'a'.repeat(40)} ${'x'.repeat(100_000)}`;
    const job = await jobs.end('one', [webhook], {
      state: 'Failed',
      error: { code: 'InitFailed', message },
    });
    await jobs.outbox.take(job);
    await jobs.deliver();
    const { body = '' } = receiver.told[0] ?? {};
    const { type, data } = JSON.parse(body) as JobMessage;
    expect(type).toBe('batchpoint.job.failed');
    expect(data.error).toMatchObject({
      code: 'InitFailed',
      message: expect.stringMatching(/^Bearer \*\*\* x+\.\.\.$/),
    });
    expect(body.length).toBeLessThan(4_000);
  });

  test('is sent for the ends that it is for', async () => {
    const notification: Notification = { ...webhook, on: ['Canceled'] };
    await jobs.outbox.take(await jobs.end('one', [notification]));
    await jobs.outbox.take(await jobs.end('two', [notification], { state: 'Canceled' }));
    await jobs.deliver();
    expect(receiver.told.map(({ body }) => (JSON.parse(body) as JobMessage).data.job)).toEqual(['two']);
  });

  test('is tried again, with the same id, until it is taken: an hour of 500 is no loss', async () => {
    const since = jobs.now().getTime();
    receiver.answer = (response) =>
      response.writeHead(jobs.now().getTime() - since < 3_600_000 ? 500 : 200).end();
    await jobs.outbox.take(await jobs.end('one', [webhook]));
    for (let second = 0; second <= 2 * 3_600; second += 5, jobs.pass(5)) await jobs.deliver();
    const waits = receiver.told.map(({ headers }) => Number(headers['webhook-timestamp']) - since / 1000);
    expect(waits).toEqual([0, 5, 35, 155, 755, 2555, 6155]);
    expect(new Set(receiver.told.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(await only()).toMatchObject({ status: 'Delivered', tries: 7 });
    expect(await jobs.due()).toEqual([]);
  });

  test.each([
    ['seconds', '900', 900],
    ['a date', 'Thu, 26 Nov 2026 12:20:00 GMT', 1200],
    ['a time that has passed', 'Thu, 26 Nov 2026 11:00:00 GMT', 5],
    ['more than it may', '9'.repeat(400), 4 * 3_600],
    ['nothing that can be read', 'soon', 5],
  ])('is tried again when the receiver asks for it, by %s', async (_by, retryAfter, seconds) => {
    receiver.answer = (response) => response.writeHead(429, { 'Retry-After': retryAfter }).end();
    const since = jobs.now().getTime();
    await jobs.outbox.take(await jobs.end('one', [webhook]));
    await jobs.deliver();
    const { nextTryAt = '' } = await only();
    expect((Date.parse(nextTryAt) - since) / 1_000).toBe(seconds);
    jobs.pass(seconds);
    expect(await jobs.due()).toHaveLength(1);
  });

  test('is given up after a day, and can be sent again', async () => {
    receiver.answer = (response) => response.writeHead(503).end();
    await jobs.outbox.take(await jobs.end('one', [webhook]));
    for (let minute = 0; minute < 30 * 60; minute++, jobs.pass(60)) await jobs.deliver();
    const dead = await only();
    expect(dead).toMatchObject({ status: 'Dead', lastError: 'the answer was 503' });
    expect(Date.parse(dead.endedAt ?? '') - Date.parse(dead.createdAt)).toBeLessThanOrEqual(24 * 3_600_000);
    expect(Date.parse(dead.endedAt ?? '') - Date.parse(dead.createdAt)).toBeGreaterThan(19 * 3_600_000);
    expect(await jobs.due()).toEqual([]);
    receiver.answer = (response) => response.writeHead(200).end();
    const read = await jobs.outbox.get(dead.id);
    expect(await jobs.outbox.replace(read, jobs.outbox.renewed(read.value))).toBe(true);
    await jobs.deliver();
    expect(await only()).toMatchObject({ status: 'Delivered', tries: dead.tries + 1, round: { tries: 1 } });
  });

  test('is given up at once where the receiver says that it is gone', async () => {
    receiver.answer = (response) => response.writeHead(410).end();
    await jobs.outbox.take(await jobs.end('one', [webhook]));
    await jobs.deliver();
    expect(await only()).toMatchObject({ status: 'Dead', tries: 1, lastError: 'the answer was 410' });
  });

  test('follows no redirect', async () => {
    receiver.answer = (response) =>
      response.writeHead(302, { Location: 'http://169.254.169.254/metadata' }).end();
    await jobs.outbox.take(await jobs.end('one', [webhook]));
    await jobs.deliver();
    expect(receiver.told).toHaveLength(1);
    expect(await only()).toMatchObject({
      status: 'Waiting',
      lastError: 'the answer was 302, and redirects are not followed',
    });
  });

  test('waits where nobody is there, and is taken when somebody is', async () => {
    const gone = await Receiver.start();
    const { url } = gone;
    await gone.stop();
    await jobs.outbox.take(await jobs.end('one', [{ type: 'webhook', url, secret }]));
    await jobs.deliver();
    expect(await only()).toMatchObject({ status: 'Waiting', lastError: 'ECONNREFUSED' });
  });
});

describe('an address that a name leads to', () => {
  test.each(['10.0.0.8', '169.254.169.254', '::ffff:169.254.169.254', 'fe80::1', '168.63.129.16', '0.0.0.0'])(
    'is not reached where it is %s',
    async (address) => {
      const family = address.includes(':') ? 6 : 4;
      const lookup = ((_name: string, _options: object, callback: (...found: unknown[]) => void) =>
        callback(null, [{ address, family }])) as unknown as typeof import('node:dns').lookup;
      const careful = new EndedJobs({ lookup });
      const notification: Notification = { type: 'webhook', url: 'http://example.com/hook', secret };
      await careful.outbox.take(await careful.end('one', [notification]));
      await careful.deliver();
      const { found } = await careful.outbox.page({ mayShow: () => true }, 1);
      expect(found[0]?.lastError).toBe('it leads into a private network');
    },
  );

  test('is not this machine, where others share the host', async () => {
    const cloud = new EndedJobs({ allowLoopback: false });
    const { port } = new URL(receiver.url);
    for (const [name, host] of [
      ['one', 'localhost'],
      ['two', '127.0.0.1'],
    ] as const) {
      const notification: Notification = { type: 'webhook', url: `http://${host}:${port}/`, secret };
      await cloud.outbox.take(await cloud.end(name, [notification]));
    }
    await cloud.deliver();
    const { found } = await cloud.outbox.page({ mayShow: () => true }, 2);
    expect(found.map(({ lastError }) => lastError)).toEqual(Array(2).fill('it leads to the host itself'));
    expect(receiver.told).toEqual([]);
  });
});

describe('a receiver that hangs', () => {
  test('holds up no other', async () => {
    const hanging = await Receiver.start();
    const held: ServerResponse[] = [];
    hanging.answer = (response) => void held.push(response);
    const stuck: Notification = { type: 'webhook', url: hanging.url, secret };
    for (let i = 0; i < 40; i++) await jobs.outbox.take(await jobs.end(`stuck-${i}`, [stuck]));
    for (let i = 0; i < 20; i++) await jobs.outbox.take(await jobs.end(`other-${i}`, [webhook]));
    const delivered = jobs.deliver();
    await Promise.all([receiver.toldOf(20), hanging.toldOf(4)]);
    // So many tries to one host are under way at once, and not one more.
    expect(hanging.told).toHaveLength(4);
    hanging.answer = (response) => response.writeHead(200).end();
    for (const response of held) response.writeHead(200).end();
    await delivered;
    const { found } = await jobs.outbox.page({ mayShow: () => true, status: 'Delivered' }, 100);
    expect(found).toHaveLength(60);
    await hanging.stop();
  });

  test('is left alone once it has said its status, however much it says then', async () => {
    const left = new Promise<void>((resolve) => {
      receiver.answer = (response) => {
        response.on('close', resolve);
        const say = (): void => void response.write('x'.repeat(65_536), () => response.destroyed || say());
        response.writeHead(200);
        say();
      };
    });
    await jobs.outbox.take(await jobs.end('one', [webhook]));
    await jobs.deliver();
    await left;
    expect(await only()).toMatchObject({ status: 'Delivered', tries: 1 });
  });

  test('has its time also where it says its headers one by one, for ever', async () => {
    const hasty = new EndedJobs({ milliseconds: 300 });
    let timer: NodeJS.Timeout | undefined;
    receiver.answer = ({ socket }) => {
      socket?.write('HTTP/1.1 200 OK\r\n');
      timer = setInterval(() => socket?.write('X-More: x\r\n'), 5);
    };
    await hasty.outbox.take(await hasty.end('one', [webhook]));
    await hasty.deliver();
    clearInterval(timer);
    const { found } = await hasty.outbox.page({ mayShow: () => true }, 1);
    expect(found[0]).toMatchObject({
      status: 'Waiting',
      lastError: 'there was no answer within 0.3 seconds',
    });
  });

  test('that wants another protocol gives no answer', async () => {
    receiver.answer = ({ socket }) =>
      void socket?.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n');
    await jobs.outbox.take(await jobs.end('one', [webhook]));
    await jobs.deliver();
    expect(await only()).toMatchObject({
      status: 'Waiting',
      lastError: expect.stringMatching(/closed|hang up|RESET/),
    });
  });

  test('has its time, and is tried again', async () => {
    const hasty = new EndedJobs({ milliseconds: 20 });
    receiver.answer = () => undefined;
    await hasty.outbox.take(await hasty.end('one', [webhook]));
    await hasty.deliver();
    const { found } = await hasty.outbox.page({ mayShow: () => true }, 1);
    expect(found[0]).toMatchObject({
      status: 'Waiting',
      lastError: 'there was no answer within 0.02 seconds',
    });
  });
});

describe('what is told', () => {
  test('is told once, also where two ends of a job are written at once, and two processes look', async () => {
    const job = await jobs.end('one', [webhook]);
    await Promise.all([jobs.outbox.take(job), jobs.outbox.take(job)]);
    await jobs.outbox.take(job);
    await Promise.all([jobs.deliver(), jobs.deliver(jobs.process()), jobs.deliver(jobs.process())]);
    await jobs.outbox.take(job);
    await jobs.deliver();
    expect(receiver.told).toHaveLength(1);
  });

  test('is told again by another process where one died while it told it, and not before', async () => {
    await jobs.outbox.take(await jobs.end('one', [webhook]));
    const read = await jobs.outbox.get((await only()).id);
    const until = new Date(jobs.now().getTime() + 30_000).toISOString();
    await jobs.outbox.replace(read, { ...read.value, claim: { by: 'somebody who died', until } });
    await jobs.deliver();
    expect(receiver.told).toEqual([]);
    jobs.pass(31);
    await jobs.deliver();
    expect(receiver.told).toHaveLength(1);
  });

  test('does not wait for a clock that was set back', async () => {
    receiver.answer = (response) => response.writeHead(500).end();
    await jobs.outbox.take(await jobs.end('one', [webhook]));
    await jobs.deliver();
    jobs.pass(-48 * 3_600);
    receiver.answer = (response) => response.writeHead(200).end();
    await jobs.deliver();
    expect(await only()).toMatchObject({ status: 'Delivered', tries: 2 });
  });

  test('is not signed with the secret of a job that was removed: it is given up', async () => {
    const job = await jobs.end('one', [webhook]);
    await jobs.outbox.take(job);
    const { etag } = (await jobs.tables.get(`job:${job.spec.key}`, 'notifications')) ?? { etag: '' };
    await jobs.tables.commit(`job:${job.spec.key}`, [{ kind: 'remove', row: 'notifications', etag }]);
    await jobs.deliver();
    expect(await only()).toMatchObject({ status: 'Dead', lastError: expect.stringContaining('removed') });
  });

  test('is not told any more once it was deleted', async () => {
    receiver.answer = (response) => response.writeHead(500).end();
    await jobs.outbox.take(await jobs.end('one', [webhook]));
    await jobs.deliver();
    const { id } = await only();
    expect([await jobs.outbox.remove(id), await jobs.outbox.remove(id)]).toEqual([true, false]);
    jobs.pass(86_400);
    await jobs.deliver();
    expect(receiver.told).toHaveLength(1);
    expect(await jobs.due()).toEqual([]);
  });

  test('does not come back where it was deleted while it was told', async () => {
    await jobs.outbox.take(await jobs.end('one', [webhook]));
    const { id } = await only();
    receiver.answer = (response) => void jobs.outbox.remove(id).then(() => response.writeHead(500).end());
    await jobs.deliver();
    expect(await jobs.outbox.find(id)).toBeUndefined();
    jobs.pass(120);
    await jobs.deliver();
    expect(receiver.told).toHaveLength(1);
    expect(await jobs.due()).toEqual([]);
  });

  test('is forgotten a week after it was taken, and a month after it was given up', async () => {
    await jobs.outbox.take(await jobs.end('one', [webhook]));
    await jobs.deliver();
    receiver.answer = (response) => response.writeHead(410).end();
    await jobs.outbox.take(await jobs.end('two', [webhook]));
    await jobs.deliver();
    const left = async (): Promise<string[]> => {
      await jobs.outbox.forgetOld();
      return (await jobs.outbox.page({ mayShow: () => true }, 9)).found.map(({ job }) => job);
    };
    jobs.pass(6 * 86_400);
    expect((await left()).sort()).toEqual(['one', 'two']);
    jobs.pass(2 * 86_400);
    expect(await left()).toEqual(['two']);
    jobs.pass(23 * 86_400);
    expect(await left()).toEqual([]);
  });

  test('of a kill between its row and the row that says that it is due is told by whoever comes next', async () => {
    const job = await jobs.end('one', [webhook]);
    const commit = jobs.tables.commit.bind(jobs.tables);
    const dying = jest
      .spyOn(jobs.tables, 'commit')
      .mockImplementation((partition, changes) =>
        partition === 'notifications-due' ? Promise.reject(new Error('killed')) : commit(partition, changes),
      );
    await expect(jobs.outbox.take(job)).rejects.toThrow('killed');
    dying.mockRestore();
    expect(await jobs.due()).toEqual([]);
    await jobs.outbox.take(job);
    await jobs.deliver();
    expect(receiver.told).toHaveLength(1);
  });
});
