import type { BlobStore } from '../stores/blobStore';
import { failure } from '../errors/batchpointError';
import { pageName, writeHead, type ManifestHead } from './manifestHead';
import { skippedName } from './skippedFiles';

/**
 * Makes the manifest of one job that of another, which has the same files in the same order then. Its pages are copied
 * where the store does that by itself.
 */
export async function copyManifest(
  { blobs, newId }: { readonly blobs: BlobStore; readonly newId: () => string },
  { from, to, head }: { readonly from: string; readonly to: string; readonly head: ManifestHead },
): Promise<ManifestHead> {
  const attempt = newId();
  const copy = async (source: string, target: string): Promise<void> => {
    const present = await blobs.stat(source);
    if (present === undefined) throw failure('JobRecordMissing', { key: from });
    await blobs.commit(target, [{ store: blobs, name: source, size: present.size }], { attempt });
  };
  const pages = 'pageStarts' in head ? head.pageStarts.length : Math.ceil(head.files / head.pageFiles);
  for (let page = 0; page < pages; page++)
    await copy(pageName(from, head.attempt, page), pageName(to, attempt, page));
  if (head.notes?.skippedBytes !== undefined)
    await copy(skippedName(from, head.attempt), skippedName(to, attempt));
  return writeHead(blobs, to, { ...head, attempt });
}
