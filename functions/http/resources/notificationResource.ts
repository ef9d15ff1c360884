import type { SentNotification } from '../../../shared/notifications/sentNotification';
import { workspaceId, type WorkspacePath } from '../../../shared/registry/workspacePath';

const types = { webhook: 'Webhook', eventGrid: 'EventGrid', storageQueue: 'StorageQueue' } as const;

/** What is told of the end of a job, as clients see it; one alone with what it tells. */
export function notificationResource(
  sent: SentNotification,
  workspace: WorkspacePath,
  isAlone: boolean,
): object {
  const { id, status, nextTryAt, lastTryAt, lastError, endedAt } = sent;
  return {
    id: `${workspaceId(workspace)}/notifications/${id}`,
    name: id,
    type: 'Microsoft.MachineLearningServices/workspaces/notifications',
    location: 'local',
    properties: {
      status,
      notificationType: types[sent.type],
      target: sent.target,
      jobName: sent.job,
      endpointName: sent.endpoint,
      eventType: sent.message.type,
      tries: sent.tries,
      ...(nextTryAt === undefined ? {} : { nextTryTime: nextTryAt }),
      ...(lastTryAt === undefined ? {} : { lastTryTime: lastTryAt }),
      ...(lastError === undefined ? {} : { lastError }),
      ...(endedAt === undefined ? {} : { endTime: endedAt }),
      ...(isAlone ? { payload: sent.message } : {}),
    },
    systemData: { createdAt: sent.createdAt },
  };
}
