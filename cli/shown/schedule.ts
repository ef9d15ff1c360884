import { notificationFiles } from '../../shared/notifications/notificationFiles';
import type { AnsweredSchedule } from '../client/resources';
import { shownOverrides } from './overrides';
import { present, snakeCase, snakeCaseKeys } from './words';

type Properties = AnsweredSchedule['properties'];
type Definition = Properties['action']['endpointInvocationDefinition'];

/** A schedule as users write it, with what the host adds: how it goes, and when it is due next. */
export function shownSchedule({
  id,
  name,
  properties,
  systemData,
}: AnsweredSchedule): Record<string, unknown> {
  const { status, misfireLimit, jitterSeconds, isEnabled } = properties;
  const { nextRun, lastRun, state, reason } = status;
  return present({
    name,
    display_name: properties.displayName ?? undefined,
    description: properties.description ?? undefined,
    trigger: shownTimes(properties.trigger),
    create_job: shownJobOf(properties.action.endpointInvocationDefinition),
    misfire: snakeCase(properties.misfire),
    misfire_limit: misfireLimit,
    concurrency: snakeCase(properties.concurrency),
    jitter: jitterSeconds,
    notifications: properties.notifications && notificationFiles(properties.notifications),
    is_enabled: isEnabled,
    state: snakeCase(state),
    reason,
    next_run: nextRun,
    last_run: lastRun && snakeCaseKeys(lastRun),
    tags: properties.tags,
    properties: properties.properties,
    provisioning_state: properties.provisioningState,
    creation_context: { created_at: systemData.createdAt, created_by: systemData.createdBy },
    id,
  });
}

function shownTimes(trigger: Properties['trigger']): Record<string, unknown> {
  const { triggerType, expression, frequency, interval, schedule } = trigger;
  return present({
    type: snakeCase(triggerType),
    expression,
    frequency: frequency && snakeCase(frequency),
    interval,
    schedule:
      schedule &&
      present({
        hours: schedule.hours,
        minutes: schedule.minutes,
        weekdays: schedule.weekDays?.map(snakeCase),
        month_days: schedule.monthDays,
      }),
    time_zone: trigger.timeZone,
    start_time: trigger.startTime,
    end_time: trigger.endTime,
  });
}

function shownJobOf({ endpointName, deploymentName, input, output, overrides }: Definition): object {
  return present({
    endpoint: endpointName,
    deployment: deploymentName ?? undefined,
    input: present({
      type: input.jobInputType && snakeCase(input.jobInputType),
      path: input.uri,
      endpoint: input.endpointName,
      deployment: input.deploymentName ?? undefined,
    }),
    output: output && { path: output.uri },
    overrides: Object.keys(overrides).length === 0 ? undefined : shownOverrides(overrides),
  });
}
