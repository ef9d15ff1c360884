import type { BlobStore } from '../stores/blobStore';
import type { AssetSources } from './assetSources';
import type { TableStore } from '../stores/tableStore';

export { labelsOf, type AssetLabels } from './assetLabels';

/** What the registries work with. The clock and the ids come in, so that tests can hold them. */
export interface RegistryContext {
  readonly tables: TableStore;
  readonly blobs: BlobStore;
  /** Whether `file:` URIs of callers are read: true where they share the machine with the host. */
  readonly localFiles: boolean;
  /** Finds the content of assets by the URIs that callers give. */
  readonly sources: AssetSources;
  /** A folder for files on their way into the store. */
  readonly scratch: string;
  /** Where the contents of assets are kept that are not files of this machine. */
  readonly cache: string;
  readonly now: () => Date;
  readonly newId: () => string;
}
