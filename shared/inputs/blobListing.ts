import { text } from 'node:stream/consumers';
import { isIP } from 'node:net';
import { XMLParser } from 'fast-xml-parser';
import { failure } from '../errors/batchpointError';
import { httpGet } from './httpGet';
import { withoutQuery, type UrlRules } from './urlRules';

/** A place in a container of Azure Blob Storage, or of what speaks its protocol, as its URL says it. */
export interface ContainerPlace {
  readonly container: URL;
  /** The decoded path in the container, without slashes at its ends. */
  readonly path: string;
}

/**
 * Splits the URL of a blob or folder into container and path. The container is the first segment, or the second
 * where the host is an IP address and the first one names the account.
 */
export function containerPlace(url: URL): ContainerPlace | undefined {
  const segments = url.pathname.split('/').filter((segment) => segment !== '');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const depth = isIP(host) !== 0 || host === 'localhost' ? 2 : 1;
  if (segments.length < depth) return undefined;
  const container = new URL(url);
  container.pathname = segments.slice(0, depth).join('/');
  return { container, path: segments.slice(depth).map(decodeURIComponent).join('/') };
}

/** The URL of a blob in a container; the query, which may be a signature, stays. */
export function blobUrl(container: URL, name: string): URL {
  const url = new URL(container);
  url.pathname = `${container.pathname}/${name.split('/').map(encodeURIComponent).join('/')}`;
  return url;
}

/** The names of all blobs of a container that start with `prefix`, page by page, by the container's own API. */
export async function* listBlobs(
  container: URL,
  prefix: string,
  rules: UrlRules,
  pageSize = 5_000,
): AsyncGenerator<readonly string[]> {
  let marker = '';
  do {
    const url = new URL(container);
    const parameters = { restype: 'container', comp: 'list', prefix, marker, maxresults: String(pageSize) };
    for (const [key, value] of Object.entries(parameters)) if (value !== '') url.searchParams.set(key, value);
    const { status, body } = await httpGet(url, rules);
    const answer = await text(body);
    if (status !== 200) {
      const input = withoutQuery(container.href);
      throw failure('InputUnreadable', { input, reason: `listing it was answered with ${status}` });
    }
    const page = readPage(answer);
    yield page.names.filter((name) => !name.endsWith('/'));
    marker = page.next;
  } while (marker !== '');
}

function readPage(xml: string): { names: string[]; next: string } {
  const parser = new XMLParser({
    parseTagValue: false,
    trimValues: false,
    isArray: (name) => name === 'Blob',
  });
  const parsed = parser.parse(xml) as {
    EnumerationResults?: { Blobs?: { Blob?: { Name: string }[] } | string; NextMarker?: string };
  };
  const results = parsed.EnumerationResults ?? {};
  const blobs = typeof results.Blobs === 'object' ? (results.Blobs.Blob ?? []) : [];
  return { names: blobs.map(({ Name }) => Name), next: results.NextMarker ?? '' };
}
