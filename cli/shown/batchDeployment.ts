import type { AnsweredDeployment } from '../client/resources';
import { notificationFiles } from '../../shared/notifications/notificationFiles';
import { shownDeployment } from './deployment';
import { present } from './words';

/** A deployment in the form of today: its nodes as resources, and how it scores as settings. */
export function shownBatchDeployment(
  endpoint: string,
  deployment: AnsweredDeployment,
): Record<string, unknown> {
  const { name, description, model, environment, tags, provisioning_state, id, ...rest } =
    shownDeployment(deployment);
  const { code_configuration, compute, ...settings } = rest;
  const { target, instance_count } = compute as { target: string; instance_count: number };
  const { notifications } = deployment.properties;
  return present({
    name,
    endpoint_name: endpoint,
    type: 'model',
    description,
    model,
    code_configuration,
    environment,
    compute: target,
    resources: { instance_count },
    settings,
    notifications: notifications && notificationFiles(notifications),
    tags,
    properties: deployment.properties.properties ?? {},
    provisioning_state,
    id,
  });
}
