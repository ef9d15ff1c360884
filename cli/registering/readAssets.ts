import type { AssetKind } from '../../shared/registry/references';
import type { AnsweredContainer } from '../client/resources';
import type { Workspace } from '../client/workspace';
import { shownContainer } from '../shown/assets';

/** How a version of an asset is shown, from its name and its resource. */
type ShowVersion<T> = (name: string, asset: T) => object;

/** A version of an asset; without `version`, the newest. */
export async function showAsset<T>(
  workspace: Workspace,
  { kind, name, version }: { kind: AssetKind; name: string; version: string | undefined },
  show: ShowVersion<T>,
): Promise<object> {
  const path = `${kind}/${encodeURIComponent(name)}`;
  const wanted = version ?? (await workspace.get<AnsweredContainer>(path)).properties.latestVersion;
  return show(name, await workspace.get<T>(`${path}/versions/${encodeURIComponent(wanted)}`));
}

/** All assets of a kind; with `name`, the versions of that one, the newest first. */
export async function listAssets<T>(
  workspace: Workspace,
  { kind, name }: { kind: AssetKind; name: string | undefined },
  show: ShowVersion<T>,
): Promise<object[]> {
  if (name === undefined) {
    return (await workspace.all<AnsweredContainer>(kind)).map(shownContainer);
  }
  const path = `${kind}/${encodeURIComponent(name)}`;
  const versions = await workspace.all<T>(`${path}/versions`);
  return versions.map((version) => show(name, version));
}
