import type { AnsweredDeployment, AnsweredEndpoint } from '../client/resources';
import { shownDeployment } from './deployment';
import { present, type snakeCase } from './words';

/** An endpoint as users write it, with what the host adds; without its deployments it is one of a list. */
export function shownEndpoint(
  { id, name, tags, properties, systemData }: AnsweredEndpoint,
  deployments?: readonly AnsweredDeployment[],
): Record<string, unknown> {
  const standard = properties.defaults?.deploymentName ?? undefined;
  return present({
    name,
    type: 'batch',
    description: properties.description ?? undefined,
    auth_mode: authModes[properties.authMode],
    scoring_uri: properties.scoringUri,
    traffic: trafficOf(standard, deployments),
    defaults: { deployment_name: standard ?? null },
    deployments: deployments?.map(shownDeployment),
    tags: tags ?? {},
    properties: properties.properties ?? {},
    provisioning_state: properties.provisioningState,
    creation_context: { created_at: systemData?.createdAt ?? null },
    id,
  });
}

const authModes = { AADToken: 'aad_token' } as const satisfies Record<string, ReturnType<typeof snakeCase>>;

function trafficOf(
  standard: string | undefined,
  deployments: readonly AnsweredDeployment[] | undefined,
): Record<string, number> {
  const names = deployments?.map(({ name }) => name) ?? (standard === undefined ? [] : [standard]);
  // Names that differ only in case are the same.
  const share = (name: string): number => (name.toLowerCase() === standard?.toLowerCase() ? 100 : 0);
  return Object.fromEntries(names.map((name) => [name, share(name)]));
}
