import { failure } from '../../shared/errors/batchpointError';
import { assetKinds } from '../../shared/registry/references';
import type { Context } from '../context';
import type { ShowVersion } from '../registering/readAssets';
import { versionOrAllPath, versionPath, type VersionChoice } from '../registering/wantedVersion';
import { changed, patchBetween, type Changes } from './changes';

/** What people say of a version, under the names that the command line has for it. */
const labels = ['description', 'tags', 'properties', 'stage'];

/** Changes what is said of a version of an asset, and answers it. Fails with `VersionFixed` beside faults of usage. */
export async function updateAsset<T extends { readonly name: string }>(
  { workspace }: Context,
  choice: VersionChoice,
  changes: Changes,
  show: ShowVersion<T>,
): Promise<object> {
  const path = await versionPath(workspace, choice);
  const asset = await workspace.get<T>(path);
  const before = show(choice.name, asset) as Record<string, unknown>;
  const keys = choice.kind === 'models' ? labels : labels.filter((key) => key !== 'stage');
  const refuse = (field: string): Error =>
    failure('VersionFixed', { kind: assetKinds[choice.kind], name: choice.name, version: asset.name, field });
  const properties = patchBetween(before, changed(before, changes, { keys, refuse }));
  return show(choice.name, await workspace.patch<T>(path, { properties }));
}

/** Archives an asset or a version of it, or takes it back. */
export async function archiveAsset(
  { workspace }: Context,
  choice: VersionChoice,
  isArchived: boolean,
): Promise<void> {
  await workspace.patch(await versionOrAllPath(workspace, choice), { properties: { isArchived } });
}
