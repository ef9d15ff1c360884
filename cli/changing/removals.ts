import { failure } from '../../shared/errors/batchpointError';
import { keyPath, withOverlays, type Overlay } from '../files/overlays';
import { withoutKeys } from './changes';

/** What can be taken away, by the keys that are shown, and where the host has it. */
type Removable = Readonly<Record<string, readonly string[]>>;

/** What of an endpoint can be taken away. */
export const removableOfEndpoint: Removable = {
  description: ['properties', 'description'],
  tags: ['tags'],
  properties: ['properties', 'properties'],
  'defaults.deployment_name': ['properties', 'defaults', 'deploymentName'],
};

/** What of a deployment can be taken away. */
export const removableOfDeployment: Removable = {
  description: ['properties', 'description'],
  tags: ['tags'],
  properties: ['properties', 'properties'],
  notifications: ['properties', 'notifications'],
  'settings.environment_variables': ['properties', 'environmentVariables'],
};

/**
 * A merge patch that also takes away what `--remove` names of what is shown. Fails with `DefinitionInvalid` where a key
 * is not there, or has to be.
 */
export function withRemovals(
  patch: object,
  shown: Readonly<Record<string, unknown>>,
  keys: readonly string[],
  removable: Removable,
): Record<string, unknown> {
  const overlays = keys.map((key): Overlay => {
    const found = Object.entries(removable).find(([known]) => `${key}.`.startsWith(`${known}.`));
    if (found === undefined) {
      const all = Object.keys(removable).join(', ');
      throw failure('DefinitionInvalid', { fault: `--remove ${key}: what can be taken away is ${all}` });
    }
    const [known, place] = found;
    const inner = key.length > known.length ? keyPath(key.slice(known.length + 1)) : [];
    return { path: [...place, ...inner], value: null, origin: `--remove ${key}` };
  });
  // Fails where there is nothing by a key.
  withoutKeys(shown, keys);
  return withOverlays(patch, overlays);
}
