import type { AnsweredDeployment } from '../client/resources';
import type { Workspace } from '../client/workspace';
import type { Context } from '../context';
import { deploymentBody } from '../files/bodies';
import { draftDefinition, type Definition, type DefinitionSource } from '../files/definition';
import { checkDeployment } from '../files/deploymentChecks';
import type { DeploymentDefinition } from '../files/normalForms';
import { registerAssets } from './deploymentAssets';
import { deploymentPath } from './endpoints';
import { checkReferences } from './references';
import { takeBack } from './takeBack';
import { VersionChecks } from './versionChecks';

/** Reads a deployment and checks all of it; `more` are further checks that ask the host. */
export async function readDeployment(
  { workspace, currentFolder, terminal }: Context,
  source: Omit<DefinitionSource, 'currentFolder'>,
  more: (definition: Definition<DeploymentDefinition>) => Promise<void> = () => Promise.resolve(),
): Promise<Definition<DeploymentDefinition>> {
  const definition = draftDefinition('batchDeployment', { ...source, currentFolder });
  const { value } = definition;
  await checkDeployment(definition, value, []);
  await definition.refuseFaultsAfter(async () => {
    await more(definition);
    await checkReferences(workspace, definition, value, []);
    await new VersionChecks(workspace, definition).check(value, []);
  });
  definition.warnOfUnused(terminal);
  return definition;
}

/** Makes or replaces a deployment, and answers how that is taken back. `deployments` are those that are there. */
export async function putDeployment(
  context: Context,
  endpoint: string,
  { value, folder }: Definition<DeploymentDefinition>,
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
