import { isServerError } from '../client/serverError';
import type { Workspace } from '../client/workspace';
import type { Context } from '../context';
import { deploymentBody, type DeploymentAssets } from '../files/bodies';
import { draftDefinition, type Definition, type DefinitionSource } from '../files/definition';
import { checkEndpoint, entriesOf, standardOf } from '../files/endpointChecks';
import type { EndpointDefinition } from '../files/normalForms';
import { registerAssets } from './deploymentAssets';
import { deploymentPath, endpointExists, endpointPath, setDefault } from './endpoints';
import { checkReferences } from './references';
import { takeBack } from './takeBack';
import { VersionChecks } from './versionChecks';

/**
 * Creates an endpoint with its deployments. Whatever can be known to be wrong is found before anything is made; where
 * a later step fails all the same, or is interrupted, the endpoint is taken away again. Assets stay: they are versions.
 * `anyPython` lets the environments of its deployments be made with another Python than they ask for. Answers its name.
 */
export async function createEndpoint(
  context: Context,
  source: Omit<DefinitionSource, 'currentFolder'>,
  anyPython = false,
): Promise<string> {
  const { workspace, currentFolder } = context;
  const definition = draftDefinition('batchEndpoint', { ...source, currentFolder });
  await checkEndpoint(definition);
  await definition.refuseFaultsAfter(() => checkWithHost(workspace, definition));
  definition.warnOfUnused(context.terminal);
  const { name, deployments = [] } = definition.value;
  const assets: DeploymentAssets[] = [];
  for (const deployment of deployments) {
    assets.push(await registerAssets(context, deployment, definition.folder));
  }
  await putEndpoint(workspace, definition.value);
  try {
    await putDeployments(context, definition, assets, anyPython);
  } catch (error) {
    await takeBack(context, `endpoint '${name}'`, (safe) => safe.delete(endpointPath(name)));
    throw error;
  }
  return name;
}

/** Notes what only the host knows to be wrong. */
async function checkWithHost(
  workspace: Workspace,
  definition: Definition<EndpointDefinition>,
): Promise<void> {
  const { name, deployments } = definition.value;
  if (definition.isSound(['name'])) {
    await definition.check(['name'], async () => {
      if ((await workspace.find(endpointPath(name))) !== undefined) throw endpointExists(name);
    });
  }
  const versions = new VersionChecks(workspace, definition);
  for (const [i, deployment] of entriesOf(deployments)) {
    const at = ['deployments', i];
    await checkReferences(workspace, definition, deployment, at);
    await versions.check(deployment, at);
  }
}

async function putEndpoint(
  workspace: Workspace,
  { name, description, tags, properties }: EndpointDefinition,
): Promise<void> {
  const body = { tags, properties: { description, properties } };
  try {
    await workspace.put(endpointPath(name), body, { 'If-None-Match': '*' });
  } catch (error) {
    if (!isServerError(error, 'ResourceChanged')) throw error;
    // A request that was repeated meets the endpoint that it made itself.
    if (!error.wasRepeated) throw endpointExists(name);
  }
}

async function putDeployments(
  { workspace, terminal }: Context,
  { value }: Definition<EndpointDefinition>,
  assets: readonly DeploymentAssets[],
  anyPython: boolean,
): Promise<void> {
  const { name: endpoint, deployments = [] } = value;
  for (const [i, deployment] of deployments.entries()) {
    const own = assets[i];
    if (own === undefined) continue;
    const defined = anyPython ? { ...deployment, allow_python_mismatch: true } : deployment;
    await workspace.put(deploymentPath(endpoint, deployment.name), deploymentBody(defined, own));
  }
  const standard = standardOf(value);
  if (standard !== undefined) await setDefault(workspace, endpoint, standard);
  else if (deployments.length > 0) {
    terminal.warn(
      `No deployment of endpoint '${endpoint}' has traffic: name one at each invocation with --deployment, or give it traffic with 'batchpoint endpoint update --traffic <deployment>:100'.`,
    );
  }
}
