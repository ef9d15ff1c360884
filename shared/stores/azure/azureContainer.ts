import type { BlobItem as ListedBlob, BlockBlobClient, ContainerClient } from '@azure/storage-blob';
import { isFailure } from '../../errors/batchpointError';
import type { BlobItem } from '../blobStore';
import { azureFailure } from './azureErrors';
import { ServiceCalls } from './serviceCalls';

/** A page of a listing, and where the next begins. */
export interface BlobPage {
  readonly items: readonly BlobItem[];
  readonly next: string | undefined;
}

/** One container, which is made where it is missing if `isMade` says so. */
export class AzureContainer {
  readonly url: string;
  readonly calls: ServiceCalls;
  private opening: Promise<void> | undefined;

  constructor(
    private readonly client: ContainerClient,
    limit: number,
    private readonly isMade: boolean,
  ) {
    this.url = withoutQuery(client.url);
    this.calls = new ServiceCalls(this.url, limit);
  }

  /** Makes the container where it is missing. Once it is there, this does nothing more. */
  async open(): Promise<void> {
    if (!this.isMade) return;
    this.opening ??= this.make();
    try {
      await this.opening;
    } catch (error) {
      this.opening = undefined;
      throw error;
    }
  }

  /** The client of a blob. Open the container first. */
  blob(name: string): BlockBlobClient {
    return this.client.getBlockBlobClient(name);
  }

  /** A page of the blobs whose names start with `prefix`. Open the container first. */
  async list(prefix: string, maxPageSize: number, continuationToken: string | undefined): Promise<BlobPage> {
    return this.calls.ask(async (abortSignal) => {
      const settings = { maxPageSize, ...(continuationToken === undefined ? {} : { continuationToken }) };
      const answer = await this.client.listBlobsFlat({ prefix, abortSignal }).byPage(settings).next();
      if (answer.done === true) return { items: [], next: undefined };
      const { segment, continuationToken: next } = answer.value;
      return { items: segment.blobItems.map(toItem), next: next === '' ? undefined : next };
    });
  }

  private async make(): Promise<void> {
    try {
      await this.calls.tell((abortSignal) => this.client.createIfNotExists({ abortSignal }));
    } catch (error) {
      // Who may use the container but not make one is told so by the first use, if it is missing.
      const reported = azureFailure(error, this.url);
      if (!isFailure(reported, 'StoreForbidden')) throw reported;
    }
  }
}

/** Headers have ETags in quotes, listings have them without. */
export function quoted(etag: string | undefined): string {
  return `"${(etag ?? '').replaceAll('"', '')}"`;
}

function toItem({ name, properties }: ListedBlob): BlobItem {
  return {
    name,
    size: properties.contentLength ?? 0,
    etag: quoted(properties.etag),
    modified: properties.lastModified,
  };
}

/** Without the signature that it may carry. */
function withoutQuery(url: string): string {
  return url.replace(/\?.*$/, '');
}
