import { XMLParser } from 'fast-xml-parser';

/** A blob as the list of its container tells it. */
export interface ContainerBlob {
  readonly name: string;
  /** Bytes, where the list says so. */
  readonly size: number | undefined;
  /** In quotes, as in the header of an answer; `undefined` where the list does not say it. */
  readonly etag: string | undefined;
}

/** One page of the list of a container. */
export interface ContainerPage {
  readonly blobs: readonly ContainerBlob[];
  /** Where the next page begins; empty where this is the last. */
  readonly next: string;
}

interface ParsedBlob {
  readonly Name?: unknown;
  readonly Properties?: {
    readonly 'Content-Length'?: unknown;
    readonly Etag?: unknown;
    readonly ResourceType?: unknown;
  };
}

/** Reads the XML of a page, without the blobs that stand for folders. Throws, with the reason, where it is anything else. */
export function readPage(xml: string): ContainerPage {
  const parser = new XMLParser({
    parseTagValue: false,
    trimValues: false,
    isArray: (name) => name === 'Blob',
  });
  const parsed = parser.parse(xml) as {
    EnumerationResults?: { Blobs?: { Blob?: ParsedBlob[] } | string; NextMarker?: unknown };
  };
  const { Blobs, NextMarker = '' } = parsed.EnumerationResults ?? {};
  if (typeof NextMarker !== 'string') throw notAList();
  const found = typeof Blobs === 'object' ? (Blobs.Blob ?? []) : [];
  const blobs = found.map(toBlob);
  return { blobs: blobs.filter((_, i) => !isFolder(found[i])), next: NextMarker };
}

function toBlob({ Name: name, Properties: properties }: ParsedBlob): ContainerBlob {
  if (typeof name !== 'string') throw notAList();
  const length = properties?.['Content-Length'];
  const etag = properties?.Etag;
  return {
    name,
    size: typeof length === 'string' && /^\d+$/.test(length) ? Number(length) : undefined,
    etag: typeof etag === 'string' && etag !== '' ? `"${etag.replaceAll('"', '')}"` : undefined,
  };
}

/** Accounts with real folders list them too; elsewhere somebody may have made a blob that plays one. */
function isFolder(blob: ParsedBlob | undefined): boolean {
  return blob?.Properties?.ResourceType === 'directory' || String(blob?.Name).endsWith('/');
}

function notAList(): Error {
  return new Error('it is not a list of blobs');
}
