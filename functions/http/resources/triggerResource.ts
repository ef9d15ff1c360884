import { notificationsShown } from '../../../shared/notifications/shownNotifications';
import type { Stored } from '../../../shared/registry/namedResources';
import { workspaceId, type WorkspacePath } from '../../../shared/registry/workspacePath';
import type { Batching, Trigger } from '../../../shared/triggers/trigger';
import type { TriggerStatus } from '../../../shared/triggers/triggerStatus';

/** A trigger as clients see it. */
export function triggerResource(
  { name, value: trigger }: Stored<Trigger>,
  workspace: WorkspacePath,
  status: TriggerStatus,
): object {
  const { tags, properties } = triggerBody(trigger);
  return {
    id: `${workspaceId(workspace)}/triggers/${name}`,
    name,
    type: 'Microsoft.MachineLearningServices/workspaces/triggers',
    location: 'local',
    tags,
    systemData: { createdAt: trigger.createdAt, createdBy: trigger.createdBy },
    properties: { ...properties, provisioningState: 'Succeeded', status },
  };
}

/** A stored trigger as the body that would make it, for patches. */
export function triggerBody(trigger: Trigger): { readonly tags: object; readonly properties: object } {
  const { description, tags, endpoint, deployment, output, overrides, notifications, paused } = trigger;
  const { type: _type, ...watch } = trigger.watch;
  return {
    tags,
    properties: {
      ...(description === undefined ? {} : { description }),
      endpoint,
      ...(deployment === undefined ? {} : { deployment }),
      watch,
      batching: batchingBody(trigger.batching),
      ...(output === undefined ? {} : { output }),
      overrides,
      // Their secrets are kept by whoever writes it.
      ...notificationsShown(notifications),
      paused,
    },
  };
}

function batchingBody(batching: Batching): object {
  const words = { each: 'Each', window: 'Window', marker: 'Marker' } as const;
  return { ...batching, type: words[batching.type] };
}
