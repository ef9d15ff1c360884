import { failure } from '../errors/batchpointError';
import type { BlobMetadata } from '../stores/blobMetadata';
import type { BlobDetails } from '../stores/blobStore';
import type { BlobRequest } from './blobRequest';

/** Under this key of its metadata a blob keeps its content type; no client sees the key. */
const contentTypeKey = 'batchpoint_content_type';

/** Under this one it keeps a digest of the list of blocks that it was made of. */
export const blocksKey = 'batchpoint_blocks';
const ownKeys: readonly string[] = [contentTypeKey, blocksKey];
const defaultContentType = 'application/octet-stream';
const metadataPrefix = 'x-ms-meta-';

/** What a request says of the blob that it writes: metadata in `x-ms-meta-...`, and its content type. */
export function metadataOf(request: BlobRequest, contentType: string | undefined): BlobMetadata {
  const metadata: Record<string, string> = {};
  for (const [header, value] of Object.entries(request.headers)) {
    if (!header.startsWith(metadataPrefix) || value === undefined) continue;
    const key = header.slice(metadataPrefix.length);
    if (ownKeys.includes(key))
      throw failure('InvalidHeaderValue', { header, value: String(value), expected: 'another name' });
    metadata[key] = Array.isArray(value) ? value.join(',') : value;
  }
  return withContentType(metadata, contentType);
}

/** Metadata with another content type. */
export function withContentType(metadata: BlobMetadata, contentType: string | undefined): BlobMetadata {
  const { [contentTypeKey]: _before, ...rest } = metadata;
  return contentType === undefined || contentType === '' || contentType === defaultContentType
    ? rest
    : { ...rest, [contentTypeKey]: contentType };
}

export function contentTypeOf({ metadata }: Pick<BlobDetails, 'metadata'>): string {
  return metadata[contentTypeKey] ?? defaultContentType;
}

/** The metadata that clients see. */
export function shownMetadata({ metadata }: Pick<BlobDetails, 'metadata'>): BlobMetadata {
  return Object.fromEntries(Object.entries(metadata).filter(([key]) => !ownKeys.includes(key)));
}

/** An ETag as it stands in headers and lists. */
export function quotedEtag(etag: string): string {
  return `"0x${Buffer.from(etag).toString('hex').toUpperCase()}"`;
}

/** The headers that say which version of a blob is there. */
export function versionHeaders({
  etag,
  modified,
}: Pick<BlobDetails, 'etag' | 'modified'>): Record<string, string> {
  return { etag: quotedEtag(etag), 'last-modified': modified.toUTCString() };
}

/** The headers of an answer that shows a blob. */
export function detailHeaders(blob: BlobDetails): Record<string, string> {
  const metadata = Object.entries(shownMetadata(blob)).map(([key, value]) => [
    `${metadataPrefix}${key}`,
    value,
  ]);
  return {
    ...versionHeaders(blob),
    'accept-ranges': 'bytes',
    'content-type': contentTypeOf(blob),
    'x-ms-blob-type': 'BlockBlob',
    'x-ms-creation-time': blob.modified.toUTCString(),
    'x-ms-lease-state': 'available',
    'x-ms-lease-status': 'unlocked',
    ...(Object.fromEntries(metadata) as Record<string, string>),
  };
}
