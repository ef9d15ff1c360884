import type { ErrorEntry } from '../errorEntry';

/** Why somebody cannot be told of the end of a job. */
export const notificationErrors = {
  NotificationInvalid: {
    status: 400,
    text: 'Notification {number} ({type}) cannot be used: {reason}.',
  },
  NotificationSecretMissing: {
    status: 409,
    text: 'What the notification is signed with is not there any more, as its job was removed: it cannot be sent again.',
  },
} as const satisfies Record<string, ErrorEntry>;
