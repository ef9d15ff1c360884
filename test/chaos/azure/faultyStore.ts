import { BlobServiceClient } from '@azure/storage-blob';
import { azuriteAccount, azuriteKey, startAzurite, type Azurite } from '../../support/azurite';
import { startFaultyProxy, type Fault, type FaultyProxy, type SeenRequest } from '../../support/faultyProxy';
import type { Files } from '../checker/evidence';
import { StoreJournal } from './storeJournal';

/** Chooses what goes wrong with a request to either service. */
export type ChooseFault = (request: SeenRequest) => Fault | undefined;

/** The container of a user's datastore, with the input of jobs. */
export const inputContainer = 'inputs';
/** The container of the datastore that outputs go to by default. */
export const outputContainer = 'workspaceblobstore';

/** One way to the account, which fails as it is told to. */
export class FaultyWay {
  /** Faults that have happened since the start. */
  faults = 0;
  /** When the last request came, as milliseconds of `performance.now()`. */
  lastRequest = 0;
  private choose: ChooseFault = () => undefined;

  private constructor(
    private readonly proxy: FaultyProxy,
    /** Leads to the account itself: whoever asks it through `settings` comes by this way. */
    readonly connectionString: string,
  ) {
    proxy.fail((request) => this.faultOf(request));
  }

  static async open(
    { blobUrl, tableUrl, connectionString }: Azurite,
    journal: StoreJournal,
  ): Promise<FaultyWay> {
    const tables = new URL(tableUrl).host;
    const proxy = await startFaultyProxy(blobUrl, (request) => {
      if (request.host === tables) journal.tableRequest(request);
      else journal.blobRequest(blobUrl, request);
    });
    return new FaultyWay(proxy, connectionString);
  }

  /** What a process is told that is to come by this way. */
  get settings(): NodeJS.ProcessEnv {
    return { HTTP_PROXY: new URL(this.proxy.url).origin, NO_PROXY: '' };
  }

  /** From now on asks `choose` about each request; without it, nothing goes wrong. */
  fail(choose: ChooseFault = () => undefined): void {
    this.choose = choose;
  }

  async stop(): Promise<void> {
    await this.proxy.stop();
  }

  private faultOf(request: SeenRequest): Fault | undefined {
    this.lastRequest = performance.now();
    const fault = this.choose(request);
    if (fault !== undefined) this.faults += 1;
    return fault;
  }
}

/** A storage account with ways to it that fail, and a journal of all that it was asked to write by any of them. */
export class FaultyStore {
  private readonly ways: FaultyWay[] = [];

  private constructor(
    private readonly azurite: Azurite,
    readonly journal: StoreJournal,
  ) {}

  static async start(): Promise<FaultyStore> {
    const store = new FaultyStore(await startAzurite(), new StoreJournal());
    await store.service.createContainer(inputContainer);
    return store;
  }

  /** Opens another way to the account. */
  async way(): Promise<FaultyWay> {
    const way = await FaultyWay.open(this.azurite, this.journal);
    this.ways.push(way);
    return way;
  }

  /** Leads to the account itself, past all that fails. */
  get directConnection(): string {
    return this.azurite.connectionString;
  }

  /** A datastore for the container of inputs. */
  get datastore(): Record<string, unknown> {
    return {
      datastoreType: 'AzureBlob',
      accountName: azuriteAccount,
      containerName: inputContainer,
      endpoint: this.azurite.blobUrl,
      credentials: { credentialsType: 'AccountKey', secrets: { key: azuriteKey } },
    };
  }

  /** The URL of a container, as journals have it. */
  containerUrl(container: string): string {
    return `${this.azurite.blobUrl}/${container}`;
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
    for (const way of this.ways) await way.stop();
    await this.azurite.stop();
  }

  private get service(): BlobServiceClient {
    return BlobServiceClient.fromConnectionString(this.azurite.connectionString);
  }
}
