import { ResourceFactoryResolver, type ModelBindingData } from '@azure/functions-extensions-base';
import type { LandedFile } from '../../shared/triggers/landedFile';

/** A blob that has landed, by its name: its bytes are not there. */
export interface WatchedBlob {
  readonly container: string;
  readonly name: string;
}

/** What the Storage extension calls blobs that it hands over without their bytes. */
const kind = 'AzureStorageBlobs';

/**
 * Has the programming model hand over blobs by their names: the Storage extension then sends where a blob lies instead of
 * what is in it.
 */
export function handOverNames(): void {
  const resolver = ResourceFactoryResolver.getInstance();
  if (!resolver.hasResourceFactory(kind)) resolver.registerResourceFactory(kind, watchedBlob);
}

/** Reads where a blob lies from what the Storage extension sends. */
export function watchedBlob(sent: ModelBindingData | ModelBindingData[]): WatchedBlob {
  const { content } = Array.isArray(sent) ? (sent[0] ?? {}) : sent;
  const { ContainerName: container, BlobName: name } = JSON.parse(
    Buffer.from(content ?? '{}').toString(),
  ) as Readonly<Record<string, unknown>>;
  if (typeof container === 'string' && typeof name === 'string') return { container, name };
  throw new TypeError('The Storage extension has sent no ContainerName and BlobName.');
}

/** What the metadata of the trigger tells of a blob. */
interface BlobFacts {
  readonly uri?: unknown;
  readonly properties?: { readonly eTag?: unknown; readonly lastModified?: unknown };
}

/** The extension tells times in whole seconds: a blob is later by anything less. */
const restOfSecond = 999;

/** The file that has landed, as the trigger tells it; where it does not tell its URL, by that of the service. */
export function landedBlobOf(
  { container, name }: WatchedBlob,
  facts: BlobFacts | undefined,
  { now, service }: { readonly now: Date; readonly service: string | undefined },
): LandedFile | undefined {
  const { uri, properties: { eTag: etag, lastModified } = {} } = facts ?? {};
  const path = [container, ...name.split('/')].map(encodeURIComponent).join('/');
  const url = typeof uri === 'string' ? uri : service === undefined ? undefined : `${service}/${path}`;
  if (url === undefined) return undefined;
  const time = new Date(String(lastModified)).getTime() + restOfSecond;
  return {
    url,
    name,
    ...(typeof etag === 'string' && etag !== '' ? { etag } : {}),
    at: Number.isNaN(time) || time > now.getTime() ? now : new Date(time),
  };
}
