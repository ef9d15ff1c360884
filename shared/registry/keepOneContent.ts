import { join } from 'node:path';
import { failure } from '../errors/batchpointError';
import { isClearedAway } from './clearedContents';
import { takeIn, type AssetContent } from './assetContent';
import type { AssetSource } from './assetSources';
import type { AssetLabels } from './assetLabels';
import type { RegistryContext } from './registryContext';
import type { AssetVersion, VersionedAssets } from './versionedAssets';

/** A version whose value is a content. */
type WithContent = AssetLabels & { readonly content: AssetContent };

/**
 * The version that was made from an upload before: that goes once it is registered, and whoever has lost the answer to
 * that asks again. `undefined` where the source is another one, or still there.
 */
export async function madeBefore<T extends WithContent>(
  versions: VersionedAssets<T>,
  { name, version, source }: { name: string; version: string; source: AssetSource },
): Promise<{ asset: AssetVersion<T>; created: false } | undefined> {
  if (!source.isGone || source.upload === undefined) return undefined;
  const asset = await versions.find(name, version);
  return asset?.value.content.upload === source.upload ? { asset, created: false } : undefined;
}

/**
 * Makes the version that names a content, and removes the content again where the version is there with another one.
 * A write whose answer was lost may have been made: where it is not known what the version names, the content stays.
 */
export async function keepOneContent<T extends WithContent>(
  context: RegistryContext,
  versions: VersionedAssets<T>,
  made: { name: string; version: string; value: T },
): Promise<{ asset: AssetVersion<T>; created: boolean }> {
  const { name, version, value } = made;
  const { prefix, digest } = value.content;
  const createdAt = context.now().toISOString();
  try {
    const made = await versions.create({ name, version, createdAt, digest, value });
    if (made.created) await refuseClearedAway(context, versions, made.asset);
    return made;
  } finally {
    const named = await versions.find(name, version).catch(() => undefined);
    if (named !== undefined && named.value.content.prefix !== prefix)
      await context.blobs.removeAll(prefix.replace(/\/$/, ''));
  }
}

/**
 * Takes a version back whose content was cleared away, as nothing had named it for days: who clears contents away writes
 * that down first, and looks for a version then.
 */
async function refuseClearedAway<T extends WithContent>(
  { tables }: RegistryContext,
  versions: VersionedAssets<T>,
  { name, version, value }: AssetVersion<T>,
): Promise<void> {
  if (!(await isClearedAway(tables, value.content.prefix))) return;
  await versions.remove(name, version);
  throw failure('ResourceDeleting', { kind: 'content of', name });
}

/** Takes in the files of a source, below a prefix that no other attempt writes to. Fails as `takeIn` does. */
export function takeInSource(
  { blobs, scratch, newId }: RegistryContext,
  { path, upload }: AssetSource,
  { kind, name }: { readonly kind: 'model' | 'code'; readonly name: string },
): Promise<AssetContent> {
  const id = newId();
  return takeIn(
    blobs,
    { path, kind, name, ...(upload === undefined ? {} : { upload }) },
    { prefix: `assets/${kind}s/${name}/${id}/`, scratch: join(scratch, `asset-${id}`) },
  );
}
