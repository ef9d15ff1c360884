import { failure } from '../errors/batchpointError';

const owner = '[^/?#]+';
const workspaceOwner = [
  `subscriptions/${owner}/resourcegroups/${owner}/(?:providers/Microsoft\\.MachineLearningServices/)?workspaces/${owner}/`,
  `locations/${owner}/workspaces/${owner}/`,
].join('|');
const byScheme = new RegExp(`^azureml://(?:${workspaceOwner})?(.+)$`, 'is');
const byId = new RegExp(`^/?(?:${workspaceOwner})(.+)$`, 'is');

/**
 * What a long form names within its workspace, such as `models/taxi/versions/3`: of `azureml://...` with or without the
 * workspace in front, and of an ARM id, also behind `azureml:`. `undefined` for any other text. Whatever workspace it
 * names, the one of the host is meant. What lies in a registry is refused with `RegistryUnsupported`.
 */
export function pathInWorkspace(reference: string): string | undefined {
  if (/^azureml:\/\/registries\//i.test(reference)) throw failure('RegistryUnsupported', { reference });
  const isScheme = /^azureml:\/\//i.test(reference);
  const id = isScheme ? reference : reference.replace(/^azureml:/i, '');
  return (isScheme ? byScheme : byId).exec(id)?.[1];
}
