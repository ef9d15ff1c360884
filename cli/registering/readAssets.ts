import type { AnsweredContainer } from '../client/resources';
import type { Workspace } from '../client/workspace';
import type { AssetKind } from '../../shared/registry/references';
import { shownContainer } from '../shown/assets';
import { listOptions, type ListChoice } from './listOptions';
import { containerPath, versionPath, type VersionChoice } from './wantedVersion';

/** How a version of an asset is shown, from its name and its resource. */
export type ShowVersion<T> = (name: string, asset: T) => object;

/** A version of an asset; without `version`, the newest. */
export async function showAsset<T>(
  workspace: Workspace,
  choice: VersionChoice,
  show: ShowVersion<T>,
): Promise<object> {
  return show(choice.name, await workspace.get<T>(await versionPath(workspace, choice)));
}

/** All assets of a kind; with `name`, the versions of that one, the newest first. */
export async function listAssets<T>(
  workspace: Workspace,
  { kind, name, ...choice }: { kind: AssetKind; name: string | undefined } & ListChoice,
  show: ShowVersion<T>,
): Promise<object[]> {
  const options = listOptions(choice);
  if (name === undefined) {
    return (await workspace.all<AnsweredContainer>(kind, options)).map(shownContainer);
  }
  const path = containerPath({ kind, name });
  const versions = await workspace.all<T>(`${path}/versions`, options);
  return versions.map((version) => show(name, version));
}
