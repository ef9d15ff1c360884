import type {
  CronTimes,
  RecurrenceTimes,
  Schedule,
  ScheduledInput,
} from '../../../shared/schedules/schedule';
import type { ShownState } from '../../../shared/schedules/scheduleState';
import { notificationsShown } from '../../../shared/notifications/shownNotifications';
import type { Stored } from '../../../shared/registry/namedResources';
import { workspaceId, type WorkspacePath } from '../../../shared/registry/workspacePath';

/** A schedule as clients see it; `status` says how it goes. */
export function scheduleResource(
  { name, value, deleting }: Stored<Schedule>,
  workspace: WorkspacePath,
  status: ShownState,
): object {
  const body = scheduleBody(value);
  return {
    id: `${workspaceId(workspace)}/schedules/${name}`,
    name,
    type: 'Microsoft.MachineLearningServices/workspaces/schedules',
    location: 'local',
    systemData: { createdAt: value.createdAt, createdBy: value.createdBy, createdByType: 'User' },
    properties: {
      ...body.properties,
      provisioningState: deleting === undefined ? 'Succeeded' : 'Deleting',
      status,
    },
  };
}

/** A stored schedule as the body that would make it, for patches; secrets stay out of it, and whoever writes it keeps them. */
export function scheduleBody(schedule: Schedule): { readonly properties: object } {
  const { displayName, description, tags, properties, endpoint, deployment, output } = schedule;
  return {
    properties: {
      ...(displayName === undefined ? {} : { displayName }),
      ...(description === undefined ? {} : { description }),
      tags,
      properties,
      isEnabled: schedule.enabled,
      trigger: triggerOf(schedule.when),
      action: {
        actionType: 'InvokeBatchEndpoint',
        endpointInvocationDefinition: {
          endpointName: endpoint,
          ...(deployment === undefined ? {} : { deploymentName: deployment }),
          input: inputOf(schedule.input),
          ...(output === undefined ? {} : { output: { jobOutputType: 'UriFile', uri: output } }),
          overrides: schedule.overrides,
        },
      },
      misfire: capital(schedule.misfire),
      misfireLimit: schedule.misfireLimit,
      concurrency: capital(schedule.concurrency),
      jitterSeconds: schedule.jitterSeconds,
      ...notificationsShown(schedule.notifications),
    },
  };
}

function triggerOf(when: CronTimes | RecurrenceTimes): object {
  const { timeZone, startTime, endTime } = when;
  const bounds = {
    timeZone,
    ...(startTime === undefined ? {} : { startTime }),
    ...(endTime === undefined ? {} : { endTime }),
  };
  if (when.type === 'cron') return { triggerType: 'Cron', expression: when.expression, ...bounds };
  const { frequency, interval, schedule } = when;
  return {
    triggerType: 'Recurrence',
    frequency: capital(frequency),
    interval,
    ...(schedule === undefined
      ? {}
      : {
          schedule: {
            ...schedule,
            ...(schedule.weekDays === undefined ? {} : { weekDays: schedule.weekDays.map(capital) }),
          },
        }),
    ...bounds,
  };
}

function inputOf(input: ScheduledInput): object {
  if (input.type === 'path') return { jobInputType: input.isFile ? 'UriFile' : 'UriFolder', uri: input.path };
  const { endpoint, deployment } = input;
  return { endpointName: endpoint, ...(deployment === undefined ? {} : { deploymentName: deployment }) };
}

function capital(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}
