import { Cron } from 'croner';

import { failure } from '../../shared/errors/batchpointError';

/** When an `app.timer` function is due. */
export interface TimerSchedule {
  /** The first occurrence after `time`; undefined when there is none. */
  next(time: Date): Date | undefined;
}

/** Occurrences that are closer than this are not written down: none would be made up for after a pause. */
const monitoredGap = 60_000;

/**
 * Reads the schedule of a timer function: a NCRONTAB expression, or `%NAME%` for one in an app setting. Its times are
 * UTC, as on Azure, or those of `timezone`.
 *
 * @throws ScheduleInvalid
 */
export function timerSchedule(
  name: string,
  expression: unknown,
  settings: Readonly<Record<string, string | undefined>>,
): TimerSchedule {
  const schedule = String(typeof expression === 'string' ? expression : '');
  const setting = /^%(.+)%$/.exec(schedule)?.[1];
  const pattern = (setting === undefined ? schedule : (settings[setting] ?? '')).trim();
  const timezone = settings.WEBSITE_TIME_ZONE ?? 'Etc/UTC';
  try {
    const cron = new Cron(pattern, { paused: true, timezone, domAndDow: true });
    return { next: (time) => cron.nextRun(time) ?? undefined };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw failure('ScheduleInvalid', { schedule: pattern, name, reason }, { cause });
  }
}

/** True for a schedule of which a missed run is made up for: one that leaves at least a minute between two runs. */
export function isMonitored(schedule: TimerSchedule, time: Date): boolean {
  const first = schedule.next(time);
  const second = first && schedule.next(first);
  return first !== undefined && second !== undefined && second.getTime() - first.getTime() >= monitoredGap;
}
