import type { BatchEndpointFile } from '../../shared/schemas/files/generated';
import type { Definition } from './definition';
import { checkDeployment } from './deploymentChecks';

/** Checks an endpoint with all its deployments beyond its schema, and notes the faults. */
export async function checkEndpoint(definition: Definition<BatchEndpointFile>): Promise<void> {
  const { deployments = [], traffic = {} } = definition.value;
  const seen = new Map<string, number>();
  for (const [i, deployment] of deployments.entries()) {
    // Names that differ only in case are the same.
    const key = deployment.name.toLowerCase();
    const first = seen.get(key);
    if (first !== undefined) {
      definition.fault(
        ['deployments', i, 'name'],
        `there is a deployment '${deployment.name}' already: deployments[${first}]`,
      );
    }
    seen.set(key, first ?? i);
    await checkDeployment(definition, deployment, ['deployments', i]);
  }
  for (const name of Object.keys(traffic)) {
    if (!seen.has(name.toLowerCase())) {
      const known = deployments.map((one) => one.name).join(', ') || 'none';
      definition.fault(['traffic', name], `there is no deployment '${name}' here. There are: ${known}`, true);
    }
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
export function fullTraffic(traffic: Readonly<Record<string, number>> = {}): string[] {
  return Object.keys(traffic).filter((name) => traffic[name] === 100);
}
