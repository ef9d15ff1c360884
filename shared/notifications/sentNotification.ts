import { createHash } from 'node:crypto';
import type { Job } from '../jobs/jobStore';
import type { JobMessage } from './jobMessage';
import type { Notification } from './notification';
import { targetKey } from './target';

/** What has become of a notification: it waits for its next try, was taken, or was given up. */
export type SentStatus = (typeof sentStatuses)[number];
export const sentStatuses = ['Waiting', 'Delivered', 'Dead'] as const;

/** A notification of one job to one target. */
export interface SentNotification {
  readonly id: string;
  /** The job, and its key. */
  readonly job: string;
  readonly key: string;
  readonly endpoint: string;
  readonly type: Notification['type'];
  /** Where it goes, as it may be shown, and what tells it from the other targets of the job. */
  readonly target: string;
  readonly targetKey: string;
  /** The host of the target, of which not too many tries run at once. */
  readonly host: string;
  readonly message: JobMessage;
  readonly status: SentStatus;
  readonly createdAt: string;
  /** Tries in all, and since it was made or last sent again. */
  readonly tries: number;
  readonly round: { readonly since: string; readonly tries: number };
  /** The key of the row by which it is found when it is due. */
  readonly due?: string;
  readonly nextTryAt?: string;
  readonly lastTryAt?: string;
  /** Why the last try failed. */
  readonly lastError?: string;
  /** When it was taken or given up. */
  readonly endedAt?: string;
  /** Who is at a try right now: until that time nobody else begins one. */
  readonly claim?: { readonly by: string; readonly until: string };
}

/** Times count down in ids, so that lists begin with the newest. */
const endOfTime = 99_999_999_999_999;

/**
 * The id of the notification of a job to a target: the same whenever it is asked for, and another one for a job that is
 * made again under the same name. It begins with the time of the end, counted down.
 */
export function notificationId({ spec, run }: Job, notification: Notification): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([spec.key, spec.attempt, targetKey(notification)]))
    .digest('hex');
  return `${idPrefix(new Date(run.times.ended ?? run.times.created))}-${hash.slice(0, 24)}`;
}

/** How the ids begin of notifications of that time; those of earlier times sort after it. */
export function idPrefix(time: Date): string {
  return String(endOfTime - time.getTime()).padStart(14, '0');
}

/** What an id of a notification looks like. */
export const notificationIdPattern = '^[0-9]{14}-[0-9a-f]{24}$';
