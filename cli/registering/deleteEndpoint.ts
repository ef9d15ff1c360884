import type { Context } from '../context';
import { deleteResource } from './deleteResource';
import { deploymentPath, endpointPath } from './endpoints';

/** How an endpoint or a deployment is deleted. */
interface DeletionManner {
  /** Whether nobody is asked. */
  readonly yes: boolean;
  /** Whether jobs that run are cancelled first. */
  readonly force: boolean;
  readonly noWait: boolean;
}

/** Deletes an endpoint with its deployments. */
export async function deleteEndpoint(
  context: Context,
  name: string,
  { yes: isSure, force, noWait }: DeletionManner,
): Promise<void> {
  const what = `endpoint '${name}'`;
  await deleteResource(context, { path: endpointPath(name), what, isSure, force, wait: !noWait });
}

/** Deletes a deployment. */
export async function deleteDeployment(
  context: Context,
  { endpoint, name }: { readonly endpoint: string; readonly name: string },
  { yes: isSure, force, noWait }: DeletionManner,
): Promise<void> {
  const what = `deployment '${name}' of endpoint '${endpoint}'`;
  const path = deploymentPath(endpoint, name);
  await deleteResource(context, { path, what, isSure, force, wait: !noWait });
}
