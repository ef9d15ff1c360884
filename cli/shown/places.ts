import type { AnsweredCompute, AnsweredDatastore } from '../client/resources';
import { present, snakeCase, snakeCaseKeys } from './words';

/** A compute as users write it. */
export function shownCompute({ id, name, tags, properties }: AnsweredCompute): Record<string, unknown> {
  const { scaleSettings, vmSize } = properties.properties;
  return present({
    name,
    type: properties.computeType.toLowerCase(),
    description: properties.description ?? undefined,
    min_instances: scaleSettings.minNodeCount,
    max_instances: scaleSettings.maxNodeCount,
    size: vmSize,
    use: properties.use && snakeCaseKeys(properties.use),
    tags: tags ?? {},
    provisioning_state: properties.provisioningState,
    id,
  });
}

/** A datastore as users write it; its secrets are never shown. */
export function shownDatastore({ id, name, properties }: AnsweredDatastore): Record<string, unknown> {
  return present({
    name,
    type: snakeCase(properties.datastoreType),
    description: properties.description ?? undefined,
    is_default: properties.isDefault,
    path: properties.folder,
    account_name: properties.accountName,
    container_name: properties.containerName,
    endpoint: properties.endpoint,
    credentials: properties.credentials && { type: snakeCase(properties.credentials.credentialsType) },
    tags: properties.tags ?? {},
    id,
  });
}
