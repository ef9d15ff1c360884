import type { AssetContent } from './assetContent';
import type { AssetLabels } from './assetLabels';
import type { RegistryContext } from './registryContext';
import type { AssetVersion, VersionedAssets } from './versionedAssets';

/**
 * Makes the version that names a content, and removes the content again where the version is there with another one.
 * A write whose answer was lost may have been made: where it is not known what the version names, the content stays.
 */
export async function keepOneContent<T extends AssetLabels & { readonly content: AssetContent }>(
  context: RegistryContext,
  versions: VersionedAssets<T>,
  made: { name: string; version: string; value: T },
): Promise<{ asset: AssetVersion<T>; created: boolean }> {
  const { name, version, value } = made;
  const { prefix, digest } = value.content;
  const createdAt = context.now().toISOString();
  try {
    return await versions.create({ name, version, createdAt, digest, value });
  } finally {
    const named = await versions.find(name, version).catch(() => undefined);
    if (named !== undefined && named.value.content.prefix !== prefix)
      await context.blobs.removeAll(prefix.replace(/\/$/, ''));
  }
}
