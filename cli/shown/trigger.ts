import { notificationFiles } from '../../shared/notifications/notificationFiles';
import type { AnsweredLandedFile, AnsweredTrigger } from '../client/resources';
import { shownOverrides } from './overrides';
import { present, snakeCase, snakeCaseKeys } from './words';

/** A trigger as users write it, with what the host adds: what it does, and what became of what landed. */
export function shownTrigger({
  id,
  name,
  tags,
  properties,
  systemData,
}: AnsweredTrigger): Record<string, unknown> {
  const { watch, batching, overrides, notifications, status } = properties;
  return present({
    name,
    description: properties.description ?? undefined,
    endpoint: properties.endpoint,
    deployment: properties.deployment,
    watch: snakeCaseKeys(watch),
    batching: { ...batching, type: snakeCase(batching.type) },
    output: properties.output,
    overrides: Object.keys(overrides).length === 0 ? undefined : shownOverrides(overrides),
    notifications: notifications && notificationFiles(notifications),
    paused: properties.paused,
    status: { ...snakeCaseKeys(status), state: snakeCase(status.state) },
    tags,
    creation_context: { created_at: systemData.createdAt, created_by: systemData.createdBy },
    provisioning_state: properties.provisioningState,
    id,
  });
}

/** What became of a file that landed, as users read it. */
export function shownLandedFile(file: AnsweredLandedFile): Record<string, unknown> {
  return { ...snakeCaseKeys(file), state: snakeCase(file.state) };
}
