import { XMLParser } from 'fast-xml-parser';

/** One page of the list of a container. */
export interface ContainerPage {
  readonly names: readonly string[];
  /** Where the next page begins; empty where this is the last. */
  readonly next: string;
}

/** Reads the XML of a page. Throws, with the reason, where it is anything else. */
export function readPage(xml: string): ContainerPage {
  const parser = new XMLParser({
    parseTagValue: false,
    trimValues: false,
    isArray: (name) => name === 'Blob',
  });
  const parsed = parser.parse(xml) as {
    EnumerationResults?: { Blobs?: { Blob?: { Name?: unknown }[] } | string; NextMarker?: unknown };
  };
  const { Blobs, NextMarker = '' } = parsed.EnumerationResults ?? {};
  const blobs = typeof Blobs === 'object' ? (Blobs.Blob ?? []) : [];
  const names = blobs.map(({ Name }) => Name);
  if (!names.every((name) => typeof name === 'string') || typeof NextMarker !== 'string')
    throw new Error('it is not a list of blobs');
  return { names, next: NextMarker };
}
