import type { AssetKind } from '../../shared/registry/references';
import type { AnsweredContainer } from '../client/resources';
import type { Workspace } from '../client/workspace';
import { usageInvalid } from '../commands/usageInvalid';
import { failure } from '../../shared/errors/batchpointError';
import { assetKinds } from '../../shared/registry/references';

/** Which version of an asset is meant: by number, by label, or neither. */
export interface VersionChoice {
  readonly kind: AssetKind;
  readonly name: string;
  readonly version: string | undefined;
  readonly label?: string | undefined;
}

/** The path of an asset over all its versions. */
export function containerPath({ kind, name }: Pick<VersionChoice, 'kind' | 'name'>): string {
  return `${kind}/${encodeURIComponent(name)}`;
}

/** The path of the version that is meant; without number and label, the newest. Fails with `NoCurrentVersion`. */
export async function versionPath(workspace: Workspace, choice: VersionChoice): Promise<string> {
  const container = containerPath(choice);
  const { name, version, kind } = choice;
  refuseBoth(choice);
  if (version !== undefined) return `${container}/versions/${encodeURIComponent(version)}`;
  const { latestVersion } = (await workspace.get<AnsweredContainer>(container)).properties;
  if (latestVersion === null || latestVersion === undefined)
    throw failure('NoCurrentVersion', { kind: assetKinds[kind], name });
  return `${container}/versions/${encodeURIComponent(latestVersion)}`;
}

/** The path of one version where one is named, and of the whole asset where none is. */
export async function versionOrAllPath(workspace: Workspace, choice: VersionChoice): Promise<string> {
  refuseBoth(choice);
  const isNamed = choice.version !== undefined || choice.label !== undefined;
  return isNamed ? versionPath(workspace, choice) : containerPath(choice);
}

function refuseBoth({ version, label }: VersionChoice): void {
  if (version === undefined || label === undefined) return;
  throw usageInvalid('--version and --label each name a version, and one is enough');
}
