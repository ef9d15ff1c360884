import { withoutSecrets } from '../errors/withoutSecrets';
import type { Notification } from './notification';

/** Where a notification goes: a URL, whatever its kind calls it. */
export function targetOf(notification: Notification): string {
  switch (notification.type) {
    case 'webhook':
      return notification.url;
    case 'eventGrid':
      return notification.topic;
    case 'storageQueue':
      return notification.queue;
  }
}

/** The same as it may be shown: URLs of webhooks may hold a signature or a token. */
export function shownTarget(notification: Notification): string {
  return withoutSecrets(targetOf(notification));
}

/** What proves to a target who sends; `undefined` where it is the identity of the app, or nothing is known yet. */
export function secretOf(notification: Notification): string | undefined {
  switch (notification.type) {
    case 'webhook':
      return notification.secret;
    case 'eventGrid':
      return notification.key;
    case 'storageQueue':
      return notification.sas;
  }
}

/** What two notifications of the same target have in common, however they prove who sends. */
export function targetKey(notification: Notification): string {
  return `${notification.type} ${shownTarget(notification)}`;
}
