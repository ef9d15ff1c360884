import type { Context } from '../context';
import { readDefinition, draftDefinition, type DefinitionSource } from '../files/definition';
import { createEndpoint } from './createEndpoint';
import { endpointPath } from './endpoints';
import { updateEndpoint } from './updateEndpoint';

/**
 * Creates an endpoint; one that is there already gets what the file says, and keeps its deployments. Answers its name.
 * A file with deployments in it makes a new endpoint, as in 2021.
 */
export async function createBatchEndpoint(
  context: Context,
  source: Omit<DefinitionSource, 'currentFolder'>,
): Promise<string> {
  const whole = { ...source, currentFolder: context.currentFolder };
  const draft = draftDefinition('batchEndpoint', whole);
  const { name, deployments } = draft.value;
  const isThere =
    deployments === undefined &&
    draft.isSound(['name']) &&
    (await context.workspace.find(endpointPath(name))) !== undefined;
  if (!isThere) return createEndpoint(context, source);
  readDefinition('batchEndpoint', whole);
  return updateEndpoint(context, { ...source, endpoint: name, deploymentFile: undefined });
}
