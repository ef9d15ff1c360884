import { createHmac } from 'node:crypto';
import { version } from '../../package.json';
import { failure } from '../errors/batchpointError';
import type { JobMessage } from './jobMessage';
import type { Notification } from './notification';
import type { Post } from './post';

/** What a request is made from beside its notification. */
export interface Delivery {
  /** The same for all tries of one job and target, so that a receiver knows what it has had. */
  readonly id: string;
  readonly message: JobMessage;
  readonly now: Date;
  /** A token of the identity of the app. */
  readonly token: (scope: string) => Promise<string>;
}

const userAgent = `batchpoint/${version}`;

/** The request that tells a target of a message. */
export function requestOf(notification: Notification, delivery: Delivery): Promise<Post> {
  switch (notification.type) {
    case 'webhook':
      return Promise.resolve(webhookRequest(notification.url, notification.secret, delivery));
    case 'eventGrid':
      return eventGridRequest(notification.topic, notification.key, delivery);
    case 'storageQueue':
      return queueRequest(notification.queue, notification.sas, delivery);
  }
}

/** As the Standard Webhooks specification has it: https://www.standardwebhooks.com. */
function webhookRequest(url: string, secret: string | undefined, { id, message, now }: Delivery): Post {
  if (secret === undefined) throw failure('NotificationSecretMissing', {});
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const body = JSON.stringify(message);
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    url: new URL(url),
    headers: {
      'Content-Type': 'application/json',
      'User-Agent': userAgent,
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signature}`,
    },
    body,
  };
}

/** A CloudEvent, in the structured form: https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md. */
function cloudEvent({ id, message }: Delivery): string {
  const { endpoint, job } = message.data;
  return JSON.stringify({
    specversion: '1.0',
    id,
    source: `/batchEndpoints/${endpoint}`,
    subject: `jobs/${job}`,
    type: message.type,
    time: message.timestamp,
    datacontenttype: 'application/json',
    data: message.data,
  });
}

async function eventGridRequest(topic: string, key: string | undefined, delivery: Delivery): Promise<Post> {
  const url = new URL(topic);
  url.searchParams.set('api-version', '2018-01-01');
  return {
    url,
    headers: {
      'Content-Type': 'application/cloudevents+json; charset=utf-8',
      'User-Agent': userAgent,
      ...(key === undefined
        ? { Authorization: `Bearer ${await delivery.token('https://eventgrid.azure.net/.default')}` }
        : { 'aeg-sas-key': key }),
    },
    body: cloudEvent(delivery),
  };
}

/** The version of the protocol of storage queues that is spoken. */
const queueVersion = '2021-12-02';

/** Functions expect messages of queues in base64. */
async function queueRequest(queue: string, sas: string | undefined, delivery: Delivery): Promise<Post> {
  const url = new URL(`${queue}/messages${sas === undefined ? '' : `?${sas}`}`);
  const message = { id: delivery.id, ...delivery.message };
  const text = Buffer.from(JSON.stringify(message)).toString('base64');
  return {
    url,
    headers: {
      'Content-Type': 'application/xml',
      'User-Agent': userAgent,
      'x-ms-version': queueVersion,
      'x-ms-date': delivery.now.toUTCString(),
      ...(sas === undefined
        ? { Authorization: `Bearer ${await delivery.token('https://storage.azure.com/.default')}` }
        : {}),
    },
    body: `<QueueMessage><MessageText>${text}</MessageText></QueueMessage>`,
  };
}
