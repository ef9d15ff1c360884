/** The ends of a job that are told of. */
export type NotifiedEnd = 'Completed' | 'Failed' | 'Canceled';

interface NotificationBase {
  /** The ends that it is sent for; all where it is left out. */
  readonly on?: readonly NotifiedEnd[];
}

/** A signed HTTPS request. */
export interface WebhookNotification extends NotificationBase {
  readonly type: 'webhook';
  readonly url: string;
  /** `whsec_` and the key in base64, as the Standard Webhooks specification has it. Never shown again. */
  readonly secret?: string;
}

/** An event in the form of CloudEvents 1.0 for a topic of Event Grid. */
export interface EventGridNotification extends NotificationBase {
  readonly type: 'eventGrid';
  /** The endpoint of the topic. */
  readonly topic: string;
  /** The access key of the topic; without it the identity of the app is used. Never shown again. */
  readonly key?: string;
}

/** A message for a queue of Azure Storage. */
export interface QueueNotification extends NotificationBase {
  readonly type: 'storageQueue';
  /** `https://<account>.queue.core.windows.net/<queue>`. */
  readonly queue: string;
  /** A shared access signature for it; without it the identity of the app is used. Never shown again. */
  readonly sas?: string;
}

/** Who is told when a job has ended, and how. */
export type Notification = WebhookNotification | EventGridNotification | QueueNotification;
