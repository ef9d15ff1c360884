import { isServerError } from '../client/serverError';
import type { AnsweredContainer } from '../client/resources';
import type { Workspace } from '../client/workspace';
import type { AssetKind } from '../../shared/registry/references';

/** So often another one took the version that was about to be made, before this gives up. */
const mostRaces = 50;

/**
 * Registers a version of an asset and answers it. Without a version it is the next one, and the one after that where
 * somebody else was faster. A version that is given is never another.
 */
export async function registerVersion<T>(
  workspace: Workspace,
  asset: { readonly kind: AssetKind; readonly name: string; readonly version: string | undefined },
  body: object,
): Promise<T> {
  const { kind, name, version } = asset;
  const path = `${kind}/${encodeURIComponent(name)}`;
  if (version !== undefined) return workspace.put<T>(`${path}/versions/${encodeURIComponent(version)}`, body);
  let least = 1;
  for (let races = 0; ; races++) {
    const container = await workspace.find<AnsweredContainer>(path);
    const next = Math.max(least, Number(container?.properties.nextVersion ?? 1));
    try {
      return await workspace.put<T>(`${path}/versions/${next}`, body);
    } catch (error) {
      if (!isServerError(error, 'VersionExists') || races >= mostRaces) throw error;
      least = next + 1;
    }
  }
}
