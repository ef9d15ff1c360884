import type { AnsweredDeployment } from '../client/resources';
import type { Context } from '../context';
import type { Definition, DefinitionSource } from '../files/definition';
import { deploymentPath, deploymentsOf, endpointPath, setDefault } from './endpoints';
import { putDeployment, readDeployment } from './putDeployment';
import { shownBatchDeployment } from '../shown/batchDeployment';

/** What a deployment is made from: a file, with the endpoint and the name of the command line over it. */
interface DeploymentSource extends Omit<DefinitionSource, 'currentFolder'> {
  /** Whether it has to be there already. */
  readonly isPresent: boolean;
  /** Whether it becomes the default of its endpoint. */
  readonly isDefault: boolean;
}

/**
 * Makes a deployment, or replaces one of the same name, as its whole definition says. Where making it the default fails,
 * it is taken back.
 */
export async function createDeployment(context: Context, source: DeploymentSource): Promise<object> {
  const { workspace } = context;
  const definition = await readDeployment(context, source, (draft) => checkEndpoint(context, draft, source));
  const { name, endpoint_name: endpoint = '' } = definition.value;
  const undo = await putDeployment(context, endpoint, definition, await deploymentsOf(workspace, endpoint));
  try {
    if (source.isDefault) await setDefault(workspace, endpoint, name);
  } catch (error) {
    await undo();
    throw error;
  }
  return readDeploymentOf(context, endpoint, name);
}

/** A deployment as it is shown. */
export async function readDeploymentOf(
  { workspace }: Context,
  endpoint: string,
  name: string,
): Promise<object> {
  return shownBatchDeployment(
    endpoint,
    await workspace.get<AnsweredDeployment>(deploymentPath(endpoint, name)),
  );
}

/** Notes that the endpoint is not named, or not there, or that a deployment to change is not. */
async function checkEndpoint(
  { workspace }: Context,
  definition: Definition<{ readonly name: string; readonly endpoint_name?: string }>,
  { isPresent }: DeploymentSource,
): Promise<void> {
  const { endpoint_name: endpoint, name } = definition.value;
  if (endpoint === undefined) {
    definition.fault([], "'endpoint_name' is missing: give it here, or as --endpoint-name");
    return;
  }
  if (!definition.isSound(['endpoint_name'])) return;
  const isThere = await definition.check(['endpoint_name'], () => workspace.get(endpointPath(endpoint)));
  if (!isThere || !isPresent || !definition.isSound(['name'])) return;
  await definition.check(['name'], () => workspace.get(deploymentPath(endpoint, name)));
}
