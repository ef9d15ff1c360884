import type { BlobStore } from '../stores/blobStore';

/** A file that has landed, as an event tells it. What the store says of the file counts, and not the event. */
export interface LandedFile {
  /** Of the file: `https:`, `http:` or `file:`. */
  readonly url: string;
  /** The name of the blob, where the event has it beside the URL: not every sender escapes alike. */
  readonly name?: string;
  /** Of the version that landed, where the event tells it. */
  readonly etag?: string;
  readonly at: Date;
}

/** The names that a file may have in a store; none where it lies elsewhere. */
export function namesIn({ url }: Pick<BlobStore, 'url'>, landed: LandedFile): readonly string[] {
  const root = URL.parse(url.endsWith('/') ? url : `${url}/`);
  const file = URL.parse(landed.url);
  if (root === null || file === null || root.origin !== originOf(file)) return [];
  const start = decoded(root.pathname) ?? root.pathname;
  const path = decoded(file.pathname);
  const names = [
    ...(path?.startsWith(start) === true ? [path.slice(start.length)] : []),
    ...(file.pathname.startsWith(root.pathname) ? [file.pathname.slice(root.pathname.length)] : []),
  ].filter((name) => name !== '');
  if (names.length === 0) return [];
  // A host of this machine names a file from the folder that it watches on, which may be a part of the store.
  const named = landed.name === undefined || file.protocol === 'file:' ? [] : [landed.name];
  return [...new Set([...named, ...names])];
}

/** A data lake names files by another host than the one that blobs are read from. */
function originOf({ origin }: URL): string {
  return origin.replace(/^(https?:\/\/[^./]+)\.dfs\./, '$1.blob.');
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
