import { isIP } from 'node:net';
import { failure } from '../errors/batchpointError';
import { boundedText } from './boundedText';
import { readPage, type ContainerBlob, type ContainerPage } from './containerPage';
import { expiryNote } from './expiryNote';
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

/**
 * All blobs of a container of which the name starts with `prefix`, page by page, by the container's own API. Fails with
 * `InputUnreadable` where it refuses, gives no names for too long, or would never end.
 */
export async function* listBlobs(
  container: URL,
  prefix: string,
  rules: UrlRules,
  pageSize = 5_000,
): AsyncGenerator<readonly ContainerBlob[]> {
  const seen = new Set<string>();
  let marker = '';
  let deadline = performance.now() + rules.listTimeout;
  do {
    const url = new URL(container);
    const parameters = { restype: 'container', comp: 'list', prefix, marker, maxresults: String(pageSize) };
    for (const [key, value] of Object.entries(parameters)) if (value !== '') url.searchParams.set(key, value);
    const page = await pageOf(url, rules, deadline);
    marker = page.next;
    if (seen.has(marker)) throw unlistable(container, 'it leads back to where it has been');
    seen.add(marker);
    if (page.blobs.length === 0) continue;
    yield page.blobs;
    // Whoever takes the names may take their time.
    deadline = performance.now() + rules.listTimeout;
  } while (marker !== '');
}

/** A page of 5,000 names of the greatest length has about 40 MB. */
const mostPageBytes = 64 * 1024 ** 2;

/** Attempts at one page. */
const tries = 3;

async function pageOf(url: URL, rules: UrlRules, deadline: number): Promise<ContainerPage> {
  for (let attempt = 1; ; attempt++) {
    const milliseconds = deadline - performance.now();
    if (milliseconds <= 0) throw unlistable(url, `it gave no names for ${rules.listTimeout / 1000} seconds`);
    const { status, body } = await httpGet(url, rules);
    if (status !== 200) {
      body.destroy();
      const input = withoutQuery(url.href);
      const reason = `listing it was answered with ${status}${expiryNote(url, status)}`;
      throw failure('InputUnreadable', { input, reason });
    }
    try {
      return readPage(await boundedText(body, { bytes: mostPageBytes, milliseconds }));
    } catch (error) {
      if (attempt === tries)
        throw unlistable(url, error instanceof Error ? error.message : String(error), error);
    }
  }
}

function unlistable(url: URL, reason: string, cause?: unknown): Error {
  const input = withoutQuery(url.href);
  return failure('InputUnreadable', { input, reason: `its list is of no use: ${reason}` }, { cause });
}
