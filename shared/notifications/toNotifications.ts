import { failure } from '../errors/batchpointError';
import type { Notifications } from '../schemas/rest/generated';
import type { Notification } from './notification';

type Given = Notifications[number];
type Key = 'url' | 'secret' | 'topic' | 'key' | 'queue' | 'sas';

/** The keys that a notification of each kind has, the one that it needs first. */
const keysOf = {
  Webhook: ['url', 'secret'],
  EventGrid: ['topic', 'key'],
  StorageQueue: ['queue', 'sas'],
} as const satisfies Record<Given['notificationType'], readonly [Key, Key]>;

const allKeys = Object.values(keysOf).flat();

/** The notifications of a body. Fails with `NotificationInvalid` where keys are missing or belong to another kind. */
export function toNotifications(body: Notifications): Notification[] {
  return body.map((given, index) => {
    const { notificationType: type } = given;
    const invalid = (reason: string): Error =>
      failure('NotificationInvalid', { number: index + 1, type, reason });
    const known: readonly Key[] = keysOf[type];
    const foreign = allKeys.find((key) => given[key] !== undefined && !known.includes(key));
    if (foreign !== undefined) throw invalid(`'${foreign}' is not for it, it has ${known.join(' and ')}`);
    const [need] = keysOf[type];
    const target = given[need];
    if (target === undefined) throw invalid(`'${need}' is missing`);
    return toNotification(given, target.trim());
  });
}

function toNotification(given: Given, target: string): Notification {
  const ends = given.on === undefined ? {} : { on: given.on };
  switch (given.notificationType) {
    case 'Webhook':
      return { type: 'webhook', url: target, ...secretIn('secret', given.secret), ...ends };
    case 'EventGrid':
      return { type: 'eventGrid', topic: target, ...secretIn('key', given.key), ...ends };
    case 'StorageQueue':
      return {
        type: 'storageQueue',
        queue: target,
        ...secretIn('sas', given.sas?.replace(/^\?/, '')),
        ...ends,
      };
  }
}

function secretIn<Name extends string>(name: Name, value: string | undefined): Partial<Record<Name, string>> {
  return value === undefined ? {} : ({ [name]: value } as Partial<Record<Name, string>>);
}
