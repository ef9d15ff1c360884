import type { AnsweredNotification } from '../client/resources';
import { present, snakeCase } from './words';

/** What is told of the end of a job, as the command line shows it. */
export function shownNotification({ name, systemData, properties }: AnsweredNotification): object {
  return present({
    name,
    status: properties.status,
    type: snakeCase(properties.notificationType),
    target: properties.target,
    job_name: properties.jobName,
    endpoint_name: properties.endpointName,
    event_type: properties.eventType,
    tries: properties.tries,
    created_at: systemData?.createdAt,
    next_try_time: properties.nextTryTime,
    last_try_time: properties.lastTryTime,
    last_error: properties.lastError,
    end_time: properties.endTime,
    payload: properties.payload,
  });
}

/** Where a notification is, in the workspace. */
export function notificationPath(name: string): string {
  return `notifications/${encodeURIComponent(name)}`;
}
