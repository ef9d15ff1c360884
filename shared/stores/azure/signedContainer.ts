import { checkBlobName } from '../blobName';
import type { AzureContainerPlace } from '../stores';
import { readAzurePlace } from './azureAccount';
import { makeBlobClient } from './azureClients';
import { AzureContainer } from './azureContainer';
import { azureFailure } from './azureErrors';
import { defaultLimits } from './azureOptions';
import { ServiceCalls } from './serviceCalls';
import { uploadFile } from './uploadFile';

/** Milliseconds that a block may take: lines of laptops are slow. */
const patience = 600_000;

/** A container that a client enters by the signature it was given, to upload files of its machine. */
export class SignedContainer {
  private readonly calls: ServiceCalls;

  private constructor(private readonly container: AzureContainer) {
    this.calls = new ServiceCalls(container.url, patience);
  }

  /** Opens a container. Whether it is there shows with its first use. */
  static async open(place: AzureContainerPlace): Promise<SignedContainer> {
    const client = await makeBlobClient(readAzurePlace(place, undefined), defaultLimits, {});
    const container = client.getContainerClient(place.container);
    return new SignedContainer(new AzureContainer(container, defaultLimits.callLimit, false));
  }

  /** The sizes of all blobs whose names start with `prefix`, by their names. */
  async sizes(prefix: string): Promise<Map<string, number>> {
    const sizes = new Map<string, number>();
    let next: string | undefined;
    do {
      const page = await this.container.list(prefix, 5_000, next);
      for (const { name, size } of page.items) sizes.set(name, size);
      next = page.next;
    } while (next !== undefined);
    return sizes;
  }

  /** Uploads a file, a large one in blocks; the blob appears whole or not at all. `onSent` is told of bytes. */
  async upload(name: string, path: string, onSent: (bytes: number) => void): Promise<void> {
    checkBlobName(name);
    try {
      await uploadFile(this.container.blob(name), path, this.calls, defaultLimits, onSent);
    } catch (error) {
      throw azureFailure(error, this.container.url);
    }
  }

  async remove(name: string): Promise<void> {
    await this.calls.ask((abortSignal) => this.container.blob(name).deleteIfExists({ abortSignal }));
  }
}
