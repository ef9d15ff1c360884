import type { PinnedAsset } from './deployments';
import type { Registry } from './registry';

/** The versions that something scores with. */
interface NeededVersions {
  readonly model: PinnedAsset;
  readonly code?: PinnedAsset;
  readonly environment?: PinnedAsset;
}

/** The versions that a deployment names or a job was made with have to be there. Fails with `VersionNotFound`. */
export async function needVersions(
  registry: Pick<Registry, 'models' | 'codes' | 'environments'>,
  { model, code, environment }: NeededVersions,
): Promise<void> {
  await registry.models.versions.get(model);
  if (code !== undefined) await registry.codes.versions.get(code);
  if (environment !== undefined) await registry.environments.versions.get(environment);
}
