import { notificationBodies } from '../../shared/notifications/notificationBodies';
import type { CronTimes, RecurrenceTimes } from '../../shared/schedules/schedule';
import type { ScheduleFile } from '../../shared/schemas/files/generated';
import { invocationBody, uriOf } from './bodies';

type Trigger = ScheduleFile['trigger'];

/** The body of a schedule; `folder` is where its relative paths start. */
export function scheduleBody(schedule: ScheduleFile, folder: string): { readonly properties: object } {
  const { display_name: displayName, description, tags, properties, is_enabled: isEnabled } = schedule;
  const {
    create_job: job,
    misfire,
    misfire_limit: misfireLimit,
    concurrency,
    jitter,
    notifications,
  } = schedule;
  const { endpoint: endpointName, deployment: deploymentName, input, output, overrides } = job;
  const definition = {
    endpointName,
    deploymentName,
    input: inputBody(input, folder),
    output: output && { jobOutputType: 'UriFile', uri: uriWithPlaces(folder, output.path) },
    overrides: overrides && invocationBody(overrides),
  };
  return {
    properties: {
      displayName,
      description,
      tags,
      properties,
      isEnabled,
      trigger: triggerBody(schedule.trigger),
      action: { actionType: 'InvokeBatchEndpoint', endpointInvocationDefinition: definition },
      misfire: capital(misfire),
      misfireLimit,
      concurrency: capital(concurrency),
      jitterSeconds: jitter,
      notifications: notifications && notificationBodies(notifications),
    },
  };
}

/** When the runs of a schedule are due, as a request says it. */
export function triggerBody(trigger: Trigger): object {
  const { type, expression, frequency, interval, schedule } = trigger;
  const { time_zone: timeZone, start_time: startTime, end_time: endTime } = trigger;
  return {
    triggerType: capital(type),
    expression,
    frequency: capital(frequency),
    interval,
    schedule: schedule && {
      hours: list(schedule.hours),
      minutes: list(schedule.minutes),
      weekDays: list(schedule.weekdays)?.map(capital),
      monthDays: list(schedule.month_days),
    },
    timeZone,
    startTime,
    endTime,
  };
}

/** When the runs of a schedule are due, as it is checked. */
export function timesOfFile(trigger: Trigger): CronTimes | RecurrenceTimes {
  const { schedule, frequency = 'day', interval = 1, expression = '' } = trigger;
  const { time_zone: timeZone = 'UTC', start_time: startTime, end_time: endTime } = trigger;
  const bounds = {
    timeZone,
    ...(startTime === undefined ? {} : { startTime }),
    ...(endTime === undefined ? {} : { endTime }),
  };
  if (trigger.type === 'cron') return { type: 'cron', expression, ...bounds };
  const lists = {
    hours: list(schedule?.hours),
    minutes: list(schedule?.minutes),
    weekDays: list(schedule?.weekdays),
    monthDays: list(schedule?.month_days),
  };
  const given = Object.entries(lists).filter(([, value]) => value !== undefined);
  return { type: 'recurrence', frequency, interval, schedule: Object.fromEntries(given), ...bounds };
}

function inputBody(
  { type, path, endpoint: endpointName, deployment: deploymentName }: ScheduleFile['create_job']['input'],
  folder: string,
): object {
  if (path === undefined) return { endpointName, deploymentName };
  return { jobInputType: type === 'uri_file' ? 'UriFile' : 'UriFolder', uri: uriWithPlaces(folder, path) };
}

/** As `uriOf`; the braces of places, such as `{schedule:yyyy MM}`, stay as they are. */
function uriWithPlaces(folder: string, path: string): string {
  return uriOf(folder, path).replace(/%7B(schedule.*?)%7D/gi, '{$1}');
}

function list<Item>(value: Item | readonly Item[] | undefined): readonly Item[] | undefined {
  if (value === undefined) return undefined;
  return Array.isArray(value) ? (value as readonly Item[]) : [value as Item];
}

function capital(word: string): string;
function capital(word: string | undefined): string | undefined;
function capital(word: string | undefined): string | undefined {
  return word === undefined ? undefined : `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}
