import type { LandedFile } from '../../shared/triggers/landedFile';

/** An event of a storage account, in the schema of Event Grid or in that of CloudEvents 1.0. */
export interface BlobEvent {
  readonly eventType?: unknown;
  readonly type?: unknown;
  readonly eventTime?: unknown;
  readonly time?: unknown;
  readonly subject?: unknown;
  readonly data?: unknown;
}

/**
 * The file that an event tells of; nothing where it tells of anything else than a file that is whole. A data lake says of a
 * file that it was created, and tells of it again once its bytes are there.
 */
export function landedFileOf(event: BlobEvent, now: Date): LandedFile | undefined {
  const type = event.eventType ?? event.type;
  if (type !== 'Microsoft.Storage.BlobCreated') return undefined;
  const { api, url, eTag } = (event.data ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof url !== 'string' || api === 'CreateFile') return undefined;
  const time = new Date(String(event.eventTime ?? event.time));
  const name = nameIn(event.subject);
  return {
    url,
    ...(name === undefined ? {} : { name }),
    ...(typeof eTag === 'string' && eTag !== '' ? { etag: eTag } : {}),
    at: Number.isNaN(time.getTime()) ? now : time,
  };
}

/** The name of the blob in `/blobServices/default/containers/<container>/blobs/<name>`. */
function nameIn(subject: unknown): string | undefined {
  if (typeof subject !== 'string') return undefined;
  return /^\/blobServices\/default\/containers\/[^/]+\/blobs\/(.+)$/s.exec(subject)?.[1];
}
