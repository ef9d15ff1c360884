import { failure } from '../../shared/errors/batchpointError';
import type { AnsweredDeployment, AnsweredEndpoint } from '../client/resources';
import type { Workspace } from '../client/workspace';
import { shownBatchEndpoint } from '../shown/batchEndpoint';
import { shownEndpoint } from '../shown/endpoint';

/** The path of an endpoint in its workspace. */
export function endpointPath(name: string): string {
  return `batchEndpoints/${encodeURIComponent(name)}`;
}

/** The path of a deployment. */
export function deploymentPath(endpoint: string, name: string): string {
  return `${endpointPath(endpoint)}/deployments/${encodeURIComponent(name)}`;
}

/** The deployments of an endpoint. */
export async function deploymentsOf(workspace: Workspace, endpoint: string): Promise<AnsweredDeployment[]> {
  return workspace.all<AnsweredDeployment>(`${endpointPath(endpoint)}/deployments`);
}

/** An endpoint with its deployments, as it is shown. */
export async function readEndpoint(workspace: Workspace, name: string): Promise<object> {
  const [endpoint, deployments] = await Promise.all([
    workspace.get<AnsweredEndpoint>(endpointPath(name)),
    deploymentsOf(workspace, name),
  ]);
  return shownEndpoint(endpoint, deployments);
}

/** An endpoint without its deployments, as it is shown today. */
export async function readBatchEndpoint(workspace: Workspace, name: string): Promise<object> {
  return shownBatchEndpoint(await workspace.get<AnsweredEndpoint>(endpointPath(name)));
}

/** Gives all the traffic to a deployment, or to none with `null`. */
export async function setDefault(
  workspace: Workspace,
  endpoint: string,
  deployment: string | null,
): Promise<void> {
  const properties = { defaults: { deploymentName: deployment } };
  await workspace.patch(endpointPath(endpoint), { properties });
}

/** Fails with `EndpointExists`. */
export function endpointExists(endpoint: string): Error {
  return failure('EndpointExists', { endpoint });
}
