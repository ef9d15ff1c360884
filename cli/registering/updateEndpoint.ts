import { failure } from '../../shared/errors/batchpointError';
import type { EndpointUpdate } from '../../shared/schemas/files/generated';
import type { AnsweredEndpoint } from '../client/resources';
import { removableOfEndpoint, withRemovals } from '../changing/removals';
import type { Context } from '../context';
import { draftDefinition, type Definition } from '../files/definition';
import { checkDefault, checkTraffic, standardOf } from '../files/endpointChecks';
import { mismatchOverlay, optionOverlay, type Overlay } from '../files/overlays';
import { shownBatchEndpoint } from '../shown/batchEndpoint';
import { deploymentsOf, endpointPath } from './endpoints';
import { putDeployment, readDeployment } from './putDeployment';

/** What is to change of an endpoint. */
interface EndpointChange {
  /** Its name; that in the file where it is left out. */
  readonly endpoint: string | undefined;
  /** A file with what is to change. */
  readonly file?: string | undefined;
  /** The file of a deployment to add or to replace. */
  readonly deploymentFile: string | undefined;
  /** Another name for that deployment than the one in its file. */
  readonly deployment?: string | undefined;
  /** Whether its environment may be made with another Python than it asks for. */
  readonly anyPython?: boolean;
  readonly overlays: readonly Overlay[];
  /** Keys of what is to be taken away. */
  readonly remove?: readonly string[] | undefined;
}

/**
 * Adds or replaces a deployment, then changes the endpoint itself. Where the second fails, the first is taken back.
 * Answers the name of the endpoint.
 */
export async function updateEndpoint(context: Context, change: EndpointChange): Promise<string> {
  const { file, deploymentFile, deployment, anyPython = false, overlays, remove = [] } = change;
  const { workspace, currentFolder } = context;
  const update = draftDefinition('endpointUpdate', { file, currentFolder, overlays });
  const endpoint = checkUpdate(update, change.endpoint);
  const added =
    deploymentFile === undefined
      ? undefined
      : await readDeployment(context, {
          file: deploymentFile,
          overlays: [...optionOverlay('name', deployment, '--deployment'), ...mismatchOverlay(anyPython)],
        });
  const present = await workspace.get<AnsweredEndpoint>(endpointPath(endpoint));
  const deployments = await deploymentsOf(workspace, endpoint);
  const names = [...deployments.map(({ name }) => name), ...(added === undefined ? [] : [added.value.name])];
  needDeployments(endpoint, update.value, names);
  const patch = patchOf(update.value, present);
  const body =
    remove.length === 0
      ? patch
      : withRemovals(patch ?? {}, shownBatchEndpoint(present), remove, removableOfEndpoint);
  const undo = added === undefined ? undefined : await putDeployment(context, endpoint, added, deployments);
  try {
    if (body !== undefined) await workspace.patch(endpointPath(endpoint), body);
  } catch (error) {
    await undo?.();
    throw error;
  }
  return endpoint;
}

/** Fails where the change has faults, else answers the name of the endpoint that it is for. */
function checkUpdate(update: Definition<EndpointUpdate>, named: string | undefined): string {
  if (update.isSound(['traffic'])) checkTraffic(update, update.value.traffic ?? {});
  checkDefault(update, update.value);
  const endpoint = named ?? update.value.name;
  if (endpoint === undefined) update.fault([], "'name' is missing: give it here, or as --name");
  const { name = endpoint } = update.value;
  if (endpoint?.toLowerCase() !== name?.toLowerCase() && update.isSound(['name'])) {
    update.fault(['name'], `the name of an endpoint never changes, and this one is '${endpoint ?? ''}'`);
  }
  update.refuseFaults();
  return endpoint ?? '';
}

function needDeployments(
  endpoint: string,
  { traffic, defaults }: EndpointUpdate,
  names: readonly string[],
): void {
  const known = names.map((name) => name.toLowerCase());
  const standard = defaults?.deployment_name;
  for (const deployment of [...Object.keys(traffic ?? {}), ...(standard === undefined ? [] : [standard])]) {
    if (known.includes(deployment.toLowerCase())) continue;
    throw failure('DefaultDeploymentMissing', { endpoint, deployment });
  }
}

/** The patch of an endpoint; `undefined` where it stays as it is. */
function patchOf(update: EndpointUpdate, { properties }: AnsweredEndpoint): object | undefined {
  const { description, tags, properties: values, traffic } = update;
  const standard = properties.defaults?.deploymentName?.toLowerCase();
  const chosen = standardOf(update);
  const takesAway = Object.keys(traffic ?? {}).some((name) => name.toLowerCase() === standard);
  const deploymentName = chosen ?? (takesAway ? null : undefined);
  if ([description, tags, values, deploymentName].every((one) => one === undefined)) return undefined;
  const defaults = deploymentName === undefined ? undefined : { deploymentName };
  return { tags, properties: { description, properties: values, defaults } };
}
