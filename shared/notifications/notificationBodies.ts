import type { NotificationFiles } from '../schemas/files/generated';
import type { Notifications } from '../schemas/rest/generated';

type End = NonNullable<NotificationFiles[number]['on']>[number];
type NotificationType = Notifications[number]['notificationType'];

const types: Readonly<Record<NotificationFiles[number]['type'], NotificationType>> = {
  webhook: 'Webhook',
  event_grid: 'EventGrid',
  storage_queue: 'StorageQueue',
};

const ends = { completed: 'Completed', failed: 'Failed', canceled: 'Canceled' } as const satisfies Record<
  End,
  string
>;

/** The notifications of a file as the body of a request has them. */
export function notificationBodies(notifications: NotificationFiles): object[] {
  return notifications.map(({ type, on, ...rest }) => ({
    notificationType: types[type],
    ...rest,
    ...(on === undefined ? {} : { on: on.map((end) => ends[end]) }),
  }));
}
