import { failure, isFailure } from '../errors/batchpointError';
import type { Deployment } from './deployments';
import type { Endpoint } from './endpoints';
import type { Stored, WriteCondition } from './namedResources';
import { needVersions } from './neededVersions';
import type { Registry } from './registry';

/** A deployment that is to be made or replaced, with the endpoint as it was found before it was checked. */
interface DeploymentWrite {
  readonly endpoint: Stored<Endpoint>;
  readonly name: string;
  readonly deployment: Deployment;
  readonly condition: WriteCondition;
}

/**
 * Makes or replaces a deployment, and takes it back where its endpoint was deleted meanwhile, or a version that it names:
 * an endpoint that is made under the same name later must not find it. Fails with `ResourceDeleting` or
 * `VersionNotFound`, beside what a write fails with.
 */
export async function writeDeployment(
  registry: Registry,
  { endpoint, name, deployment, condition }: DeploymentWrite,
): Promise<{ created: boolean }> {
  const deployments = registry.deployments(endpoint.name);
  const { etag, created } = await deployments.put(name, deployment, condition);
  const present = await registry.endpoints.find(endpoint.name);
  const isSame = present?.value.createdAt === endpoint.value.createdAt;
  const refused =
    isSame && present?.deleting === undefined
      ? await needVersions(registry, deployment).then(() => undefined, failureIn)
      : failure('ResourceDeleting', { kind: 'endpoint', name: endpoint.name });
  if (refused === undefined) return { created };
  try {
    await deployments.remove(name, { etags: [etag] });
  } catch (error) {
    // Somebody else has written it since: theirs is looked after by them.
    if (!isFailure(error, 'ResourceChanged')) throw error;
  }
  throw refused;
}

/** A failure that is told; other errors go on. */
function failureIn(error: unknown): Error {
  if (isFailure(error)) return error;
  throw error;
}
