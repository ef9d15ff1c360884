import { BlobServiceClient } from '@azure/storage-blob';
import {
  azuriteAccount,
  azuriteKey,
  connectionStringOf,
  startAzurite,
  type Azurite,
} from '../../support/azurite';
import { startFaultyProxy, type Fault, type FaultyProxy, type SeenRequest } from '../../support/faultyProxy';
import type { Files } from '../checker/evidence';
import { StoreJournal } from './storeJournal';

/** Chooses what goes wrong with a request to either service. */
export type ChooseFault = (request: SeenRequest) => Fault | undefined;

/** The container of a user's datastore, with the input of jobs. */
export const inputContainer = 'inputs';
/** The container of the datastore that outputs go to by default. */
export const outputContainer = 'workspaceblobstore';

/** A storage account that fails as it is told to, and a journal of all that it was asked to write. */
export class FaultyStore {
  readonly journal = new StoreJournal();
  /** Faults that have happened since the start, or since they were counted last. */
  faults = 0;
  /** When the last request came, as milliseconds of `performance.now()`. */
  lastRequest = 0;
  private choose: ChooseFault = () => undefined;

  private constructor(
    private readonly azurite: Azurite,
    private readonly proxies: { blob?: FaultyProxy; table?: FaultyProxy } = {},
  ) {}

  static async start(): Promise<FaultyStore> {
    const azurite = await startAzurite();
    const store = new FaultyStore(azurite);
    store.proxies.blob = await startFaultyProxy(azurite.blobUrl, (request) =>
      store.journal.blobRequest(azurite.blobUrl, request),
    );
    store.proxies.table = await startFaultyProxy(azurite.tableUrl, (request) =>
      store.journal.tableRequest(request),
    );
    for (const proxy of [store.proxies.blob, store.proxies.table]) proxy.fail((one) => store.faultOf(one));
    await store.service.createContainer(inputContainer);
    return store;
  }

  /** Leads to the account through what fails. */
  get connectionString(): string {
    return connectionStringOf(this.proxies.blob?.url ?? '', this.proxies.table?.url ?? '');
  }

  /** Leads to the account itself. */
  get directConnection(): string {
    return this.azurite.connectionString;
  }

  /** The URL of a container, as journals have it. */
  containerUrl(container: string): string {
    return `${this.azurite.blobUrl}/${container}`;
  }

  /** A datastore for the container of inputs, reached through what fails. */
  get datastore(): object {
    return {
      datastoreType: 'AzureBlob',
      accountName: azuriteAccount,
      containerName: inputContainer,
      endpoint: this.proxies.blob?.url ?? '',
      credentials: { credentialsType: 'AccountKey', secrets: { key: azuriteKey } },
    };
  }

  /** From now on asks `choose` about each request; without it, nothing goes wrong. */
  fail(choose: ChooseFault = () => undefined): void {
    this.choose = choose;
  }

  async upload(files: Iterable<readonly [string, string]>): Promise<void> {
    const container = this.service.getContainerClient(inputContainer);
    for (const [name, content] of files)
      await container.getBlockBlobClient(name).upload(content, content.length);
  }

  /** All blobs below a prefix, past what fails, by their names after it. */
  async read(container: string, prefix: string): Promise<Files> {
    const client = this.service.getContainerClient(container);
    const files = new Map<string, Buffer>();
    if (!(await client.exists())) return files;
    for await (const { name } of client.listBlobsFlat({ prefix })) {
      files.set(name.slice(prefix.length), await client.getBlobClient(name).downloadToBuffer());
    }
    return files;
  }

  /** The names, ETags and sizes of the blobs below a prefix. */
  async list(container: string, prefix: string): Promise<{ name: string; identity: string; size: number }[]> {
    const seen: { name: string; identity: string; size: number }[] = [];
    const client = this.service.getContainerClient(container);
    if (!(await client.exists())) return seen;
    for await (const { name, properties } of client.listBlobsFlat({ prefix }))
      seen.push({
        name: name.slice(prefix.length),
        identity: properties.etag,
        size: properties.contentLength ?? 0,
      });
    return seen;
  }

  async stop(): Promise<void> {
    await this.proxies.blob?.stop();
    await this.proxies.table?.stop();
    await this.azurite.stop();
  }

  private get service(): BlobServiceClient {
    return BlobServiceClient.fromConnectionString(this.azurite.connectionString);
  }

  private faultOf(request: SeenRequest): Fault | undefined {
    this.lastRequest = performance.now();
    const fault = this.choose(request);
    if (fault !== undefined) this.faults += 1;
    return fault;
  }
}
