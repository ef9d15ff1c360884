import type { AssetContent } from './assetContent';
import type { RegistryContext } from './registryContext';
import type { AssetVersion, VersionedAssets } from './versionedAssets';

/**
 * Makes the version that names a content, and removes the content again where the version is refused or was there
 * already.
 */
export async function keepOneContent<T>(
  context: RegistryContext,
  versions: VersionedAssets<T>,
  made: { name: string; version: string; value: T; content: AssetContent },
): Promise<{ asset: AssetVersion<T>; created: boolean }> {
  const { name, version, value, content } = made;
  const createdAt = context.now().toISOString();
  let kept = false;
  try {
    const result = await versions.create({ name, version, createdAt, digest: content.digest, value });
    kept = result.created;
    return result;
  } finally {
    if (!kept) await context.blobs.removeAll(content.prefix.replace(/\/$/, ''));
  }
}
