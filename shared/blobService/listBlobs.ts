import { failure } from '../errors/batchpointError';
import { compareCodePoints } from '../planning/codePointOrder';
import type { BlobItem } from '../stores/blobStore';
import type { ReadableBlobs } from './artifactStore';
import { contentTypeOf, quotedEtag, shownMetadata } from './blobHeaders';
import type { BlobAnswer, BlobRequest } from './blobRequest';
import { documentOf, element, isXmlText, type Xml } from './xml';

/** Entries on a page of a list, where the client does not say, and the most of them. */
const mostEntries = 5_000;

/** What a list shows: a blob, or the beginning that several names have up to a delimiter. */
type Entry = { readonly name: string; readonly blob?: BlobItem };

/** List Blobs: the names in order, page by page; with a delimiter, folder by folder. */
export async function listBlobs(
  store: ReadableBlobs,
  service: string,
  { container, query }: BlobRequest,
): Promise<BlobAnswer> {
  const given = (name: string): string => query.get(name) ?? '';
  const [prefix, delimiter, marker] = [given('prefix'), given('delimiter'), given('marker')];
  const size = sizeOf(query.get('maxresults'));
  const entries = await firstEntries(store, { prefix, delimiter, after: readMarker(marker) }, size + 1);
  const page = entries.slice(0, size);
  const isLast = entries.length <= size;
  const withMetadata = given('include').split(',').includes('metadata');
  const shown = await Promise.all(page.map((entry) => showEntry(store, entry, withMetadata)));
  const asked = (name: string, value: string): Xml[] => (value === '' ? [] : [element(name, value)]);
  const root = element(
    'EnumerationResults',
    [
      ...asked('Prefix', prefix),
      ...asked('Marker', marker),
      element('MaxResults', String(size)),
      ...asked('Delimiter', delimiter),
      element('Blobs', shown),
      element('NextMarker', isLast ? '' : makeMarker(page.at(-1)?.name ?? '')),
    ],
    { ServiceEndpoint: service, ContainerName: container },
  );
  return { status: 200, headers: { 'content-type': 'application/xml' }, body: documentOf(root) };
}

/**
 * The first entries behind a name, in order. The store lists in an order of its own, so all of it is walked through for
 * each page; what is kept is no more than the page.
 */
async function firstEntries(
  store: ReadableBlobs,
  { prefix, delimiter, after }: { prefix: string; delimiter: string; after: string },
  wanted: number,
): Promise<Entry[]> {
  const kept = new Map<string, Entry>();
  const trim = (): void => {
    const names = [...kept.keys()].sort(compareCodePoints);
    for (const name of names.slice(wanted)) kept.delete(name);
  };
  for await (const page of store.list(prefix)) {
    for (const blob of page) {
      const at = delimiter === '' ? -1 : blob.name.indexOf(delimiter, prefix.length);
      const name = at < 0 ? blob.name : blob.name.slice(0, at + delimiter.length);
      if (after !== '' && compareCodePoints(name, after) <= 0) continue;
      kept.set(name, at < 0 ? { name, blob } : { name });
    }
    if (kept.size > 4 * wanted) trim();
  }
  trim();
  return [...kept.values()].sort((a, b) => compareCodePoints(a.name, b.name));
}

async function showEntry(store: ReadableBlobs, { name, blob }: Entry, withMetadata: boolean): Promise<Xml> {
  if (blob === undefined) return element('BlobPrefix', [nameElement(name)]);
  const { metadata = {} } = (await store.stat(name)) ?? {};
  const labels = Object.entries(shownMetadata({ metadata })).map(([key, value]) => element(key, value));
  return element('Blob', [
    nameElement(name),
    element('Properties', [
      element('Creation-Time', blob.modified.toUTCString()),
      element('Last-Modified', blob.modified.toUTCString()),
      element('Etag', quotedEtag(blob.etag).slice(1, -1)),
      element('Content-Length', String(blob.size)),
      element('Content-Type', contentTypeOf({ metadata })),
      element('BlobType', 'BlockBlob'),
      element('LeaseStatus', 'unlocked'),
      element('LeaseState', 'available'),
    ]),
    ...(withMetadata ? [element('Metadata', labels)] : []),
  ]);
}

/** Names that XML cannot hold are written as in URLs, and say so. */
function nameElement(name: string): Xml {
  return isXmlText(name)
    ? element('Name', name)
    : element('Name', encodeURIComponent(name), { Encoded: 'true' });
}

function sizeOf(text: string | null): number {
  const size = text === null ? mostEntries : Number(text);
  if (Number.isInteger(size) && size >= 1) return Math.min(size, mostEntries);
  throw failure('InvalidQueryParameterValue', {
    name: 'maxresults',
    value: text ?? '',
    expected: 'a number from 1',
  });
}

function makeMarker(name: string): string {
  return Buffer.from(name).toString('base64url');
}

function readMarker(marker: string): string {
  return Buffer.from(marker, 'base64url').toString();
}
