import { createHash } from 'node:crypto';
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

/** What stands for a value that is not shown. */
export const hiddenValue = '***';

/** The same as it may be shown: any value in the query of a webhook may be a token, whatever its name is. */
export function shownTarget(notification: Notification): string {
  const [path = '', ...query] = withoutSecrets(targetOf(notification)).split('?');
  if (query.length === 0) return path;
  const values = query.join('?').split('&');
  return `${path}?${values.map((value) => value.replace(/(^[^=]*=|^).*$/, `$1${hiddenValue}`)).join('&')}`;
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

/**
 * What two notifications of the same target have in common, however they prove who sends, and however its URL is
 * written. It tells nothing of what is secret in the URL.
 */
export function targetKey(notification: Notification): string {
  const target = targetOf(notification);
  const hash = createHash('sha256').update(URL.parse(target)?.href ?? target);
  return `${notification.type} ${hash.digest('hex')}`;
}
