import type { ShownNotification } from './shownNotifications';

const types = { Webhook: 'webhook', EventGrid: 'event_grid', StorageQueue: 'storage_queue' } as const;

/** Notifications as they are answered, in the words of files. */
export function notificationFiles(notifications: readonly ShownNotification[]): object[] {
  return notifications.map(({ notificationType, hasSecret, on, ...target }) => ({
    type: types[notificationType],
    ...target,
    has_secret: hasSecret,
    ...(on === undefined ? {} : { on: on.map((end) => end.toLowerCase()) }),
  }));
}
