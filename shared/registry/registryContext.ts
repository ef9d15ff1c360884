import type { BlobStore } from '../stores/blobStore';
import type { TableStore } from '../stores/tableStore';

/** What the registries work with. The clock and the ids come in, so that tests can hold them. */
export interface RegistryContext {
  readonly tables: TableStore;
  readonly blobs: BlobStore;
  /** Whether `file:` URIs of callers are read: true where they share the machine with the host. */
  readonly localFiles: boolean;
  /** A folder for files on their way into the store. */
  readonly scratch: string;
  /** Where the contents of assets are kept that are not files of this machine. */
  readonly cache: string;
  readonly now: () => Date;
  readonly newId: () => string;
}

/** What every asset may carry for people. */
export interface AssetLabels {
  readonly description?: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly properties: Readonly<Record<string, string>>;
}

/** Labels of a body, without what is empty. */
export function labelsOf(body: {
  description?: string | null | undefined;
  tags?: Record<string, string | null> | undefined;
  properties?: Record<string, string | null> | undefined;
}): AssetLabels {
  return {
    ...(body.description === undefined || body.description === null ? {} : { description: body.description }),
    tags: textValues(body.tags),
    properties: textValues(body.properties),
  };
}

function textValues(values: Record<string, string | null> | undefined): Record<string, string> {
  const entries = Object.entries(values ?? {});
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== null));
}
