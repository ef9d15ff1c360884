import type { BlobStore } from './blobStore';
import type { TableStore } from './tableStore';

/** The container, or local folder, of the product's own blobs, and the name of its table. */
export const productContainer = 'batchpoint';

/** What a driver opens. */
export interface OwnStores {
  /** The product's rows. */
  readonly tables: TableStore;

  /** The product's own blobs. */
  readonly blobs: BlobStore;

  /** A container beside it, as of the default datastore `workspaceblobstore`; made where it is missing. */
  container(name: string): BlobStore;

  /** Makes such a container where it is missing, before clients enter it by themselves. */
  makeContainer(name: string): Promise<void>;

  /** Removes such a container with all that is in it; one that is not there is no error. */
  removeContainer(name: string): Promise<void>;

  /** The names of such containers that begin with a prefix and were last changed before a time. */
  oldContainers(prefix: string, before: Date): Promise<readonly string[]>;

  /** The service that holds the containers, where clients can enter them by themselves. */
  readonly service?: SignedService;

  /** Any folder of this machine, for input read in place and for output. Only beside local storage. */
  localFolder(path: string): BlobStore;

  /** Gives up files and connections. Nothing may be under way. */
  close(): Promise<void>;
}

/** A container of any storage account. Without key and signature it is entered by the process's identity. */
export interface AzureContainerPlace {
  /** The URL of the account's blob service. */
  readonly serviceUrl: string;
  readonly container: string;
  readonly accountName: string;
  readonly accountKey?: string;
  /** The query of a shared access signature, for the account or for the container. */
  readonly sasToken?: string;
}

/** A blob service for clients that read and write its containers by themselves, with signatures. */
export interface SignedService {
  /** Without a slash at its end. */
  readonly url: string;

  /** The query of a signature that allows, such as `rl`, this with the blobs of a container until a time. */
  sign(container: string, permissions: string, expiresOn: Date): Promise<string>;
}

/** Both stores, opened. */
export interface Stores extends OwnStores {
  /** A container of any storage account, as of a user's datastore. It is never made where it is missing. */
  azureContainer(place: AzureContainerPlace): Promise<BlobStore>;

  /** The service of that account, for clients that are to enter it by themselves. */
  azureService(place: AzureContainerPlace): Promise<SignedService>;
}
