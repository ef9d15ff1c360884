import { failure } from '../../shared/errors/batchpointError';
import type { BatchDeploymentFile, EndpointUpdate } from '../../shared/schemas/files/generated';
import type { AnsweredDeployment, AnsweredEndpoint } from '../client/resources';
import type { Workspace } from '../client/workspace';
import type { Context } from '../context';
import { deploymentBody } from '../files/bodies';
import { draftDefinition, readDefinition, type Definition } from '../files/definition';
import { checkDeployment } from '../files/deploymentChecks';
import { checkTraffic, fullTraffic } from '../files/endpointChecks';
import type { Overlay } from '../files/overlays';
import { registerAssets } from './deploymentAssets';
import { deploymentPath, deploymentsOf, endpointPath, readEndpoint } from './endpoints';
import { checkReferences } from './references';
import { takeBack } from './takeBack';
import { VersionChecks } from './versionChecks';

/** What is to change of an endpoint. */
interface EndpointChange {
  readonly endpoint: string;
  /** The file of a deployment to add or to replace. */
  readonly deploymentFile: string | undefined;
  readonly overlays: readonly Overlay[];
}

/**
 * Adds or replaces a deployment, then changes the endpoint itself. Where the second fails, the first is taken back.
 */
export async function updateEndpoint(context: Context, change: EndpointChange): Promise<object> {
  const { endpoint, deploymentFile, overlays } = change;
  const { workspace, currentFolder } = context;
  const update = readDefinition('endpointUpdate', { currentFolder, overlays });
  checkTraffic(update, update.value.traffic ?? {});
  update.refuseFaults();
  const added = deploymentFile === undefined ? undefined : await readDeployment(context, deploymentFile);
  const present = await workspace.get<AnsweredEndpoint>(endpointPath(endpoint));
  const deployments = await deploymentsOf(workspace, endpoint);
  const names = [...deployments.map(({ name }) => name), ...(added === undefined ? [] : [added.value.name])];
  needDeployments(endpoint, update.value, names);
  const undo = added === undefined ? undefined : await putDeployment(context, endpoint, added, deployments);
  const body = patchOf(update.value, present);
  try {
    if (body !== undefined) await workspace.patch(endpointPath(endpoint), body);
  } catch (error) {
    await undo?.();
    throw error;
  }
  return readEndpoint(workspace, endpoint);
}

async function readDeployment(context: Context, file: string): Promise<Definition<BatchDeploymentFile>> {
  const { currentFolder, workspace } = context;
  const definition = draftDefinition('batchDeployment', { file, currentFolder, overlays: [] });
  const { value } = definition;
  await checkDeployment(definition, value, []);
  await definition.refuseFaultsAfter(async () => {
    await checkReferences(workspace, definition, value, []);
    await new VersionChecks(workspace, definition).check(value, []);
  });
  return definition;
}

function needDeployments(endpoint: string, { traffic }: EndpointUpdate, names: readonly string[]): void {
  const known = names.map((name) => name.toLowerCase());
  for (const deployment of Object.keys(traffic ?? {})) {
    if (known.includes(deployment.toLowerCase())) continue;
    throw failure('DefaultDeploymentMissing', { endpoint, deployment });
  }
}

/** Makes or replaces a deployment, and answers how that is taken back. */
async function putDeployment(
  context: Context,
  endpoint: string,
  { value, folder }: Definition<BatchDeploymentFile>,
  deployments: readonly AnsweredDeployment[],
): Promise<() => Promise<void>> {
  const { workspace } = context;
  const assets = await registerAssets(context, value, folder);
  const path = deploymentPath(endpoint, value.name);
  await workspace.put(path, deploymentBody(value, assets));
  const before = deployments.find(({ name }) => name.toLowerCase() === value.name.toLowerCase());
  const what = `deployment '${value.name}' of endpoint '${endpoint}'`;
  return () => takeBack(context, what, (safe) => restore(safe, path, before));
}

async function restore(
  workspace: Workspace,
  path: string,
  before: AnsweredDeployment | undefined,
): Promise<void> {
  if (before === undefined) await workspace.delete(path);
  else await workspace.put(path, { tags: before.tags, properties: before.properties });
}

/** The patch of an endpoint; `undefined` where it stays as it is. */
function patchOf(
  { description, tags, traffic }: EndpointUpdate,
  { properties }: AnsweredEndpoint,
): object | undefined {
  const standard = properties.defaults?.deploymentName?.toLowerCase();
  const [chosen] = fullTraffic(traffic);
  const takesAway = Object.keys(traffic ?? {}).some((name) => name.toLowerCase() === standard);
  const deploymentName = chosen ?? (takesAway ? null : undefined);
  if (description === undefined && tags === undefined && deploymentName === undefined) return undefined;
  const defaults = deploymentName === undefined ? undefined : { deploymentName };
  return { tags, properties: { description, defaults } };
}
