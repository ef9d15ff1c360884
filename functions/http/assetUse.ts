import { userOfAsset } from '../../shared/collecting/assetUsers';
import { failure } from '../../shared/errors/batchpointError';
import type { PinnedAsset } from '../../shared/registry/deployments';
import { assetKinds, type AssetKind } from '../../shared/registry/references';
import type { Services } from '../services';

/** Fails with `AssetInUse` where a deployment, or a job that is not at its end, uses a version of an asset. */
export async function refuseUsedAsset(
  services: Services,
  kind: AssetKind,
  { name, version }: PinnedAsset,
): Promise<void> {
  const user = await userOfAsset(services, kind, { name, version });
  if (user !== undefined) throw failure('AssetInUse', { kind: assetKinds[kind], name, version, user });
}
