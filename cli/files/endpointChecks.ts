import type { EndpointUpdate } from '../../shared/schemas/files/generated';
import type { Definition } from './definition';
import { checkDeployment } from './deploymentChecks';
import type { DeploymentDefinition, EndpointDefinition } from './normalForms';

/** Checks an endpoint with all its deployments beyond its schema, and notes the faults. */
export async function checkEndpoint(definition: Definition<EndpointDefinition>): Promise<void> {
  const { deployments, traffic = {} } = definition.value;
  let areNamed = true;
  const seen = new Map<string, number>();
  for (const [i, deployment] of entriesOf(deployments)) {
    const at = ['deployments', i];
    await checkDeployment(definition, deployment, at);
    if (!definition.isSound([...at, 'name'])) {
      areNamed = false;
      continue;
    }
    // Names that differ only in case are the same.
    const key = deployment.name.toLowerCase();
    const first = seen.get(key);
    if (first !== undefined) {
      definition.fault(
        [...at, 'name'],
        `there is a deployment '${deployment.name}' already: deployments[${first}]`,
      );
    }
    seen.set(key, first ?? i);
  }
  if (areNamed && definition.isSound(['traffic'])) checkShares(definition, traffic, deployments);
  checkDefault(definition, definition.value);
  const standard = ['defaults', 'deployment_name'];
  if (!areNamed || !definition.isSound(standard)) return;
  const name = definition.value.defaults?.deployment_name ?? '';
  if (seen.has(name.toLowerCase())) return;
  definition.fault(
    standard,
    `there is no deployment '${name}' yet. Create it, and make it the default with 'batchpoint batch-deployment create --set-default'`,
  );
}

/** The deployment that scores where an invocation names none; in 2021 that was the one with all the traffic. */
export function standardOf({ defaults, traffic }: EndpointUpdate): string | undefined {
  return defaults?.deployment_name ?? fullTraffic(traffic)[0];
}

/** Notes a fault where the default deployment and the traffic name two. */
export function checkDefault(definition: Definition<unknown>, { defaults, traffic }: EndpointUpdate): void {
  const path = ['defaults', 'deployment_name'];
  if (!definition.isSound(path) || !definition.isSound(['traffic'])) return;
  const standard = defaults?.deployment_name ?? '';
  const [chosen] = fullTraffic(traffic);
  if (chosen === undefined) return;
  if (standard.toLowerCase() === chosen.toLowerCase()) return;
  const elsewhere = definition.placeOf(['traffic', chosen]);
  definition.fault(
    path,
    `the default deployment is '${standard}', and all the traffic goes to '${chosen}' by ${elsewhere}: keep one of them`,
  );
}

/** The deployments of a file with their numbers, without what stands there and is none. */
export function entriesOf(deployments: unknown): [number, DeploymentDefinition][] {
  const entries = Array.isArray(deployments) ? [...(deployments as unknown[]).entries()] : [];
  return entries.filter((entry): entry is [number, DeploymentDefinition] => {
    const [, one] = entry;
    return typeof one === 'object' && one !== null;
  });
}

function checkShares(
  definition: Definition<unknown>,
  traffic: Readonly<Record<string, number>>,
  deployments: readonly DeploymentDefinition[] = [],
): void {
  const names = deployments.map(({ name }) => name);
  for (const name of Object.keys(traffic)) {
    if (names.some((one) => one.toLowerCase() === name.toLowerCase())) continue;
    const known = names.join(', ') || 'none';
    definition.fault(['traffic', name], `there is no deployment '${name}' here. There are: ${known}`, true);
  }
  checkTraffic(definition, traffic);
}

/** At most one deployment has all the traffic: notes a fault where there are more. */
export function checkTraffic(
  definition: Definition<unknown>,
  traffic: Readonly<Record<string, number>>,
): void {
  const [first, ...others] = fullTraffic(traffic);
  for (const name of others) {
    definition.fault(['traffic', name], `the traffic goes to one deployment, and '${first}' has 100 already`);
  }
}

/** The deployments that have all the traffic. */
function fullTraffic(traffic: Readonly<Record<string, number>> = {}): string[] {
  return Object.keys(traffic).filter((name) => traffic[name] === 100);
}
