import { failure, isFailure } from '../errors/batchpointError';
import { notifiedRow, type Job, type JobStore } from '../jobs/jobStore';
import { jobPartition } from '../jobs/jobKeys';
import { findRow } from '../stores/findRow';
import { removeRow } from '../stores/removeRow';
import type { Row, TableStore } from '../stores/tableStore';
import { longestPause } from './backOff';
import { endOf, jobMessage } from './jobMessage';
import type { Notification } from './notification';
import { idPrefix, notificationId, type SentNotification, type SentStatus } from './sentNotification';
import { shownTarget, targetKey, targetOf } from './target';

/** Which notifications a list shows. */
export interface SentFilter {
  readonly status?: SentStatus | undefined;
  readonly job?: string | undefined;
  readonly mayShow: (endpoint: string) => boolean;
}

/** A notification that is due, by the row that says so. */
export interface DueNotification {
  readonly row: string;
  readonly id: string;
  /** The host that it goes to. */
  readonly host: string;
}

/** What an outbox works with. */
interface OutboxContext {
  readonly tables: TableStore;
  readonly jobs: JobStore;
  readonly now: () => Date;
}

const partition = 'notifications';
const duePartition = 'notifications-due';

/** So many milliseconds those that were taken are kept, and those that were given up. */
const takenFor = 7 * 24 * 3_600_000;
const deadFor = 30 * 24 * 3_600_000;

/**
 * What is to be told of jobs that have ended: a row for each job and target, and one beside it by which it is found when
 * it is due.
 */
export class Outbox {
  constructor(private readonly context: OutboxContext) {}

  /**
   * Takes in what is to be told of a job that has ended; done again it changes nothing. Answers what is due at once. The
   * row of a notification is there before the one that says that it is due, and the mark on the job comes last, so that
   * whoever comes after somebody who died goes on.
   */
  async take(job: Job): Promise<DueNotification[]> {
    const { tables, jobs } = this.context;
    const { key, notifications: shown = [] } = job.spec;
    if (shown.length === 0) return [];
    if ((await tables.get(jobPartition(key), notifiedRow)) !== undefined) return [];
    const end = endOf(job);
    const due: DueNotification[] = [];
    for (const notification of await jobs.notifications(key)) {
      if (notification.on?.includes(end) === false) continue;
      const sent = await this.takeOne(job, notification);
      if (sent.status !== 'Waiting' || sent.due === undefined) continue;
      due.push(await this.noteDue(sent.due, sent));
    }
    await tables.commit(jobPartition(key), [{ kind: 'put', row: notifiedRow, value: {} }]);
    return due;
  }

  private async takeOne(job: Job, notification: Notification): Promise<SentNotification> {
    const { tables, now } = this.context;
    const id = notificationId(job, notification);
    const createdAt = now().toISOString();
    const value: SentNotification = {
      id,
      job: job.spec.name,
      key: job.spec.key,
      endpoint: job.spec.endpoint,
      type: notification.type,
      target: shownTarget(notification),
      targetKey: targetKey(notification),
      host: new URL(targetOf(notification)).host,
      message: jobMessage(job),
      status: 'Waiting',
      createdAt,
      tries: 0,
      round: { since: createdAt, tries: 0 },
      due: dueKey(now(), id),
      nextTryAt: createdAt,
    };
    try {
      await tables.commit(partition, [{ kind: 'insert', row: id, value }]);
      return value;
    } catch (error) {
      if (!isFailure(error, 'RowConflict')) throw error;
      return (await tables.get<SentNotification>(partition, id))?.value ?? value;
    }
  }

  /**
   * Those that are due, the one that waits longest first. A time that is further away than any pause was written by a
   * clock that has been set back since: it counts as come.
   */
  async *due(): AsyncGenerator<DueNotification> {
    const { tables, now } = this.context;
    const time = now().getTime();
    const ranges = [{ before: dueTime(time + 1) }, { from: dueTime(time + longestPause + 60_000) }];
    for (const range of ranges)
      for await (const { row, value } of tables.query<Omit<DueNotification, 'row'>>(duePartition, range))
        yield { row, ...value };
  }

  /** The row of a notification, where there is one. */
  find(id: string): Promise<Row<SentNotification> | undefined> {
    return findRow<SentNotification>(this.context.tables, partition, id);
  }

  /** The target of a notification with its secret, which lies with the job; `undefined` where that was removed. */
  async notificationOf(sent: SentNotification): Promise<Notification | undefined> {
    const notifications = await this.context.jobs.notifications(sent.key);
    return notifications.find((one) => targetKey(one) === sent.targetKey);
  }

  /** The row of a notification, or `ResourceNotFound`. */
  async get(id: string): Promise<Row<SentNotification>> {
    const row = await this.find(id);
    if (row === undefined) throw notFound(id);
    return row;
  }

  /**
   * Writes a notification where nobody has written it since it was read, and says whether that was so. The row that says
   * when it is due is written before, and the one from before removed after it.
   */
  async replace(read: Row<SentNotification>, next: SentNotification): Promise<boolean> {
    const { tables } = this.context;
    if (next.due !== undefined && next.due !== read.value.due) await this.noteDue(next.due, next);
    try {
      await tables.commit(partition, [{ kind: 'replace', row: read.row, value: next, etag: read.etag }]);
    } catch (error) {
      if (!isFailure(error, 'RowConflict')) throw error;
      // The row that says that it is due goes when somebody looks at it.
      return false;
    }
    if (read.value.due !== undefined && read.value.due !== next.due) await this.forgetDue(read.value.due);
    return true;
  }

  /** Takes away a row that says that something is due. */
  forgetDue(row: string): Promise<void> {
    return removeRow(this.context.tables, duePartition, row);
  }

  /** The notification with everything as it was when it was new, but for its tries: it is due at once. */
  renewed(sent: SentNotification): SentNotification {
    const { claim, lastError, endedAt, ...rest } = sent;
    const at = this.context.now();
    const since = at.toISOString();
    return {
      ...rest,
      status: 'Waiting',
      round: { since, tries: 0 },
      due: dueKey(at, sent.id),
      nextTryAt: since,
    };
  }

  /** A page of a list, the newest first, and the token of the next page. */
  async page(
    filter: SentFilter,
    size: number,
    token?: string,
  ): Promise<{ readonly found: readonly SentNotification[]; readonly next?: string }> {
    if (token !== undefined && !/^\d{14}-[0-9a-f]{24}$/.test(token))
      throw failure('PageTokenInvalid', { token });
    const found: SentNotification[] = [];
    const range = token === undefined ? {} : { from: token };
    for await (const { value } of this.context.tables.query<SentNotification>(partition, range)) {
      if (!isShown(value, filter)) continue;
      if (found.length === size) return { found, next: value.id };
      found.push(value);
    }
    return { found };
  }

  /** Removes a notification; says whether there was one. */
  async remove(id: string): Promise<boolean> {
    const { tables } = this.context;
    const row = await this.find(id);
    if (row === undefined) return false;
    await removeRow(tables, partition, id);
    if (row.value.due !== undefined) await this.forgetDue(row.value.due);
    return true;
  }

  /** Forgets those that were taken a week ago, and those that were given up a month ago. */
  async forgetOld(): Promise<void> {
    const { tables, now } = this.context;
    const time = now().getTime();
    const from = idPrefix(new Date(time - takenFor));
    for await (const { row, value } of tables.query<SentNotification>(partition, { from })) {
      const { status, endedAt, createdAt } = value;
      const age = time - Date.parse(endedAt ?? createdAt);
      if (status === 'Delivered' ? age > takenFor : status === 'Dead' && age > deadFor)
        await removeRow(tables, partition, row);
    }
  }

  private async noteDue(row: string, { id, host }: SentNotification): Promise<DueNotification> {
    await this.context.tables.commit(duePartition, [{ kind: 'put', row, value: { id, host } }]);
    return { row, id, host };
  }
}

/** The key of the row by which a notification is found when it is due. */
export function dueKey(time: Date, id: string): string {
  return `${dueTime(time.getTime())}-${id}`;
}

/** The time that stands in the key of such a row, in milliseconds. */
export function timeOfDue(row: string): number {
  return Number(row.slice(0, row.indexOf('-')));
}

function dueTime(milliseconds: number): string {
  return String(Math.ceil(milliseconds)).padStart(14, '0');
}

function isShown(sent: SentNotification, { status, job, mayShow }: SentFilter): boolean {
  if (status !== undefined && sent.status !== status) return false;
  if (job !== undefined && sent.job.toLowerCase() !== job.toLowerCase()) return false;
  return mayShow(sent.endpoint);
}

function notFound(id: string): Error {
  return failure('ResourceNotFound', {
    kind: 'notification',
    name: id,
    command: 'batchpoint notification list',
  });
}
