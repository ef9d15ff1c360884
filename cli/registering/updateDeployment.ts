import { failure } from '../../shared/errors/batchpointError';
import type { AnsweredDeployment } from '../client/resources';
import { removableOfDeployment, withRemovals } from '../changing/removals';
import type { Context } from '../context';
import { deploymentBody } from '../files/bodies';
import { draftDefinition } from '../files/definition';
import { checkDeployment } from '../files/deploymentChecks';
import type { Overlay } from '../files/overlays';
import { usageInvalid } from '../commands/usageInvalid';
import { shownBatchDeployment } from '../shown/batchDeployment';
import { createDeployment, readDeploymentOf } from './createDeployment';
import { registerAssets } from './deploymentAssets';
import { deploymentPath } from './endpoints';
import { checkReferences } from './references';
import { VersionChecks } from './versionChecks';

/** What is to change of a deployment. */
interface DeploymentChange {
  /** A file with the whole deployment as it is to be. */
  readonly file: string | undefined;
  readonly endpoint: string | undefined;
  readonly name: string | undefined;
  /** Names and values of the command line. */
  readonly overlays: readonly Overlay[];
  /** Keys of what is to be taken away. */
  readonly remove?: readonly string[] | undefined;
}

/** Changes a deployment: a file replaces it, single values of the command line leave the rest of it as it is. */
export async function updateDeployment(context: Context, change: DeploymentChange): Promise<object> {
  const { file, overlays, endpoint, name, remove = [] } = change;
  if (file !== undefined) {
    if (remove.length > 0) {
      throw usageInvalid(
        'A file replaces all of a deployment, and --remove changes one',
        'batch-deployment update',
      );
    }
    return createDeployment(context, { file, overlays, isPresent: true, isDefault: false });
  }
  if (endpoint === undefined || name === undefined) {
    throw usageInvalid(
      'Without --file, --name and --endpoint-name say what to change',
      'batch-deployment update',
    );
  }
  if (
    remove.length === 0 &&
    overlays.every(({ path }) => path[0] === 'name' || path[0] === 'endpoint_name')
  ) {
    throw failure('NothingToChange', { options: '--file, --set, --add or --remove' });
  }
  const { workspace, currentFolder } = context;
  const path = deploymentPath(endpoint, name);
  const definition = draftDefinition('deploymentUpdate', { currentFolder, overlays });
  const { value } = definition;
  const present = await workspace.get<AnsweredDeployment>(path);
  const hasCode = value.code_configuration !== undefined || Boolean(present.properties.codeConfiguration);
  await checkDeployment(definition, value, [], hasCode);
  await definition.refuseFaultsAfter(async () => {
    await checkReferences(workspace, definition, value, [], hasCode);
    await new VersionChecks(workspace, definition).check(value, []);
  });
  const assets = await registerAssets(context, value, definition.folder);
  const shown = shownBatchDeployment(endpoint, present);
  await workspace.patch(
    path,
    withRemovals(deploymentBody(value, assets), shown, remove, removableOfDeployment),
  );
  return readDeploymentOf(context, endpoint, name);
}
