import type { ShownNotifications } from '../schemas/answers/generated';
import type { Notification } from './notification';
import { secretOf, shownTarget } from './target';

/** A notification as clients see it, and as it stands in records that anybody may read: without what is secret. */
export type ShownNotification = NonNullable<ShownNotifications['notifications']>[number];

/** Notifications as clients see them. */
export function shownNotifications(notifications: readonly Notification[]): ShownNotification[] {
  return notifications.map((notification) => {
    const target = shownTarget(notification);
    const hasSecret = secretOf(notification) !== undefined;
    const ends = notification.on === undefined ? {} : { on: [...notification.on] };
    switch (notification.type) {
      case 'webhook':
        return { notificationType: 'Webhook', url: target, hasSecret, ...ends };
      case 'eventGrid':
        return { notificationType: 'EventGrid', topic: target, hasSecret, ...ends };
      case 'storageQueue':
        return { notificationType: 'StorageQueue', queue: target, hasSecret, ...ends };
    }
  });
}

/** The member of a resource that shows its notifications; nothing where it has none. */
export function notificationsShown(notifications: readonly Notification[] = []): ShownNotifications {
  return notifications.length === 0 ? {} : { notifications: shownNotifications(notifications) };
}
