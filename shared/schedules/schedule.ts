import type { BatchJobResource } from '../schemas/rest/generated';
import type { Notification } from '../notifications/notification';

interface WhenBase {
  /** An IANA name, such as `Asia/Seoul`. */
  readonly timeZone: string;
  /** ISO 8601 in UTC: nothing is due before it, or after it. */
  readonly startTime?: string;
  readonly endTime?: string;
}

/** When runs are due: five fields of cron. */
export interface CronTimes extends WhenBase {
  readonly type: 'cron';
  readonly expression: string;
}

/** When runs are due: every so many minutes, hours, days, weeks or months, at these times of them. */
export interface RecurrenceTimes extends WhenBase {
  readonly type: 'recurrence';
  readonly frequency: 'minute' | 'hour' | 'day' | 'week' | 'month';
  readonly interval: number;
  readonly schedule?: {
    readonly hours?: readonly number[];
    readonly minutes?: readonly number[];
    readonly weekDays?: readonly Weekday[];
    readonly monthDays?: readonly number[];
  };
}

export type Weekday = 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday';

/** The input of the jobs of a schedule: a place, or the newest output of another endpoint. */
export type ScheduledInput =
  /** May hold the time that the run is due, such as `{schedule:yyyy/MM/dd}`. */
  | { readonly type: 'path'; readonly path: string; readonly isFile: boolean }
  | { readonly type: 'newestOutput'; readonly endpoint: string; readonly deployment?: string };

/** Starts jobs of an endpoint by the clock. */
export interface Schedule {
  readonly createdAt: string;
  /**
   * Nothing is due at it or before it: when it was made, and when it was last enabled or got other times. See
   * `activeSinceOf`.
   */
  readonly activeSince: string;
  readonly displayName?: string;
  readonly description?: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly properties: Readonly<Record<string, string>>;
  readonly when: CronTimes | RecurrenceTimes;
  readonly endpoint: string;
  readonly deployment?: string;
  readonly input: ScheduledInput;
  /** The path of the predictions file, with places such as `{schedule:yyyyMMdd}` in it; where left out, as for any job. */
  readonly output?: string;
  /** What its jobs have otherwise than the deployment says: properties of an invocation but input, output and name. */
  readonly overrides: Partial<BatchJobResource['properties']>;
  readonly notifications: readonly Notification[];
  /** What becomes of runs that were due while no host was there: none, the last one, or all up to `misfireLimit`. */
  readonly misfire: 'skip' | 'once' | 'all';
  readonly misfireLimit: number;
  /** What becomes of a run whose forerunner has not ended: it starts, is left out, or the forerunner is cancelled. */
  readonly concurrency: 'allow' | 'forbid' | 'replace';
  /** Seconds by which a run may be later, by chance; the same for all hosts. */
  readonly jitterSeconds: number;
  readonly enabled: boolean;
  /** Who made it, for people. */
  readonly createdBy: string;
}
