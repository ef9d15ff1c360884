import type { Notification } from '../../../shared/notifications/notification';
import { requestOf } from '../../../shared/notifications/requestOf';
import { EndedJobs } from '../../support/endedJobs';
import { Receiver } from '../../support/receiver';

test('a topic of Event Grid gets an event in the form of CloudEvents 1.0, by its key', async () => {
  const receiver = await Receiver.start();
  const jobs = new EndedJobs();
  const topic = `${receiver.url}/api/events`;
  const job = await jobs.end('one', [{ type: 'eventGrid', topic, key: 'a-key' }]);
  await jobs.outbox.take(job);
  await jobs.deliver();
  const [told] = receiver.told;
  const { found } = await jobs.outbox.page({ mayShow: () => true }, 1);
  expect(told?.path).toBe('/api/events?api-version=2018-01-01');
  expect(told?.headers).toMatchObject({
    'aeg-sas-key': 'a-key',
    'content-type': 'application/cloudevents+json; charset=utf-8',
  });
  expect(JSON.parse(told?.body ?? '')).toEqual({
    specversion: '1.0',
    id: found[0]?.id,
    source: '/batchEndpoints/hearts',
    subject: 'jobs/one',
    type: 'batchpoint.job.completed',
    time: '2026-11-26T12:00:00.000Z',
    datacontenttype: 'application/json',
    data: found[0]?.message.data,
  });
  expect(found[0]?.status).toBe('Delivered');
  await receiver.stop();
});

test.each<[string, Notification, string]>([
  [
    'a topic',
    { type: 'eventGrid', topic: 'https://t.koreacentral-1.eventgrid.azure.net/api/events' },
    'https://eventgrid.azure.net/.default',
  ],
  [
    'a queue',
    { type: 'storageQueue', queue: 'https://a.queue.core.windows.net/jobs' },
    'https://storage.azure.com/.default',
  ],
])('%s without a secret is entered by the identity of the app', async (_what, notification, scope) => {
  const jobs = new EndedJobs();
  const job = await jobs.end('one', [notification]);
  await jobs.outbox.take(job);
  const { found } = await jobs.outbox.page({ mayShow: () => true }, 1);
  const [sent] = found;
  if (sent === undefined) throw new Error('Nothing is to be told.');
  const token = (asked: string): Promise<string> => Promise.resolve(`token for ${asked}`);
  const { headers } = await requestOf(notification, { ...sent, now: jobs.now(), token });
  expect(headers['Authorization']).toBe(`Bearer token for ${scope}`);
});
