import { createHash } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { BlockBlobClient } from '@azure/storage-blob';
import { failure } from '../../errors/batchpointError';
import { type BlobMetadata, checkMetadata } from '../blobMetadata';
import { checkBlobName, checkBlobPrefix, isDraftName } from '../blobName';
import type { BlobDetails, BlobItem, ByteRange, StagedParts, WriteOptions } from '../blobStore';
import { fileErrorCode } from '../fileErrors';
import { type AzureContainer, quoted } from './azureContainer';
import { azureFailure, hasCode } from './azureErrors';
import type { AzureLimits } from './azureOptions';
import { readBlobRange, type OpenedBlob } from './blobReading';
import { blockId } from './blockPlan';
import { forEachBounded } from '../boundedWork';
import { commitBlob } from './commitBlob';
import type { CopyableStore, CopySources } from './copySources';
import { ServiceCalls } from './serviceCalls';
import { uploadFile } from './uploadFile';

const defaultPage = 1000;
const largestPage = 5000;
const removalsAtOnce = 16;
/** Calls that carry or copy large blocks may take so many times longer. */
const patience = 5;

/** Blobs of one container in Azure. */
export class AzureBlobStore implements CopyableStore {
  readonly url: string;
  private readonly calls: ServiceCalls;
  private readonly patientCalls: ServiceCalls;

  constructor(
    private readonly container: AzureContainer,
    private readonly sources: CopySources,
    private readonly limits: AzureLimits,
    private readonly names: BlobNames = publicNames,
  ) {
    this.url = container.url;
    this.calls = container.calls;
    this.patientCalls = new ServiceCalls(this.url, limits.callLimit * patience);
  }

  /** Makes the container where it is missing and may be made. The first use does it as well. */
  open(): Promise<void> {
    return this.container.open();
  }

  async *list(
    prefix: string,
    options: { readonly pageSize?: number } = {},
  ): AsyncGenerator<readonly BlobItem[]> {
    this.names.checkPrefix(prefix);
    await this.container.open();
    const pageSize = Math.min(options.pageSize ?? defaultPage, largestPage);
    let next: string | undefined;
    do {
      const page = await this.container.list(prefix, pageSize, next);
      const items = page.items.filter((item) => this.names.isListed(item.name));
      if (items.length > 0) yield items;
      next = page.next;
    } while (next !== undefined);
  }

  async stat(name: string): Promise<BlobDetails | undefined> {
    const blob = await this.blob(name);
    try {
      const found = await this.calls.tell((abortSignal) => blob.getProperties({ abortSignal }));
      return {
        name,
        size: found.contentLength ?? 0,
        etag: quoted(found.etag),
        modified: found.lastModified ?? new Date(0),
        metadata: found.metadata ?? {},
      };
    } catch (error) {
      if (hasCode(error, 'BlobNotFound')) return undefined;
      throw this.report(error, name);
    }
  }

  async read(name: string, range: ByteRange = { offset: 0 }): Promise<Readable> {
    return (await this.openRange(name, range)).stream;
  }

  async write(
    name: string,
    content: Uint8Array | string,
    { mustNotExist, etag, metadata = {} }: WriteOptions = {},
  ): Promise<{ readonly etag: string }> {
    checkMetadata(name, metadata);
    const blob = await this.blob(name);
    const bytes = Buffer.from(content);
    const options = {
      metadata: { ...metadata },
      conditions: {
        ...(mustNotExist === true ? { ifNoneMatch: '*' } : {}),
        ...(etag === undefined ? {} : { ifMatch: this.version(name, etag) }),
      },
      transactionalContentMD5: createHash('md5').update(bytes).digest(),
    };
    try {
      const answer = await this.patientCalls.tell((abortSignal) =>
        blob.upload(bytes, bytes.length, { ...options, abortSignal }),
      );
      return { etag: quoted(answer.etag) };
    } catch (error) {
      const isConflict = hasCode(error, 'BlobAlreadyExists', 'ConditionNotMet', 'BlobNotFound');
      if (!isConflict) throw this.report(error, name);
      throw failure(mustNotExist === true ? 'BlobExists' : 'BlobChanged', { name, store: this.url });
    }
  }

  async stage(name: string, path: string): Promise<{ readonly size: number }> {
    const blob = await this.blob(name);
    try {
      const staged = await uploadFile(blob, path, this.patientCalls, this.limits);
      await rm(path, { force: true });
      return staged;
    } catch (error) {
      throw this.report(error, name);
    }
  }

  async commit(name: string, parts: StagedParts, metadata: BlobMetadata): Promise<{ readonly etag: string }> {
    checkMetadata(name, metadata);
    await this.blob(name);
    const target = {
      store: this,
      drafts: new AzureBlobStore(this.container, this.sources, this.limits, allNames),
      calls: this.patientCalls,
      limits: this.limits,
      blob: (each: string) => this.container.blob(each),
    };
    const { etag } = await commitBlob(target, name, parts, metadata);
    return { etag: quoted(etag) };
  }

  async download(name: string, path: string, signal?: AbortSignal): Promise<{ readonly etag?: string }> {
    const { stream: bytes, etag } = await this.openRange(name, { offset: 0 });
    const file = await open(path, 'wx').catch((error: unknown) => {
      bytes.destroy();
      throw fileErrorCode(error) === 'EEXIST' ? failure('FileExists', { path }) : error;
    });
    try {
      await pipeline(bytes, file.createWriteStream(), { signal });
      return etag === undefined ? {} : { etag: quoted(etag) };
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  }

  async remove(name: string): Promise<void> {
    const blob = await this.blob(name);
    await this.calls.ask((abortSignal) => blob.deleteIfExists({ deleteSnapshots: 'include', abortSignal }));
  }

  async removeAll(prefix: string): Promise<void> {
    for await (const page of this.list(prefix)) {
      await forEachBounded(removalsAtOnce, page, (item) => this.remove(item.name));
    }
  }

  /** A block that no commit will name: it is never visible, and the service forgets it within a week. */
  async tryWriting(name: string): Promise<void> {
    const blob = await this.blob(name);
    await this.calls.ask((abortSignal) => blob.stageBlock(blockId('probe', 0), 'x', 1, { abortSignal }));
  }

  async copyUrl(name: string): Promise<string> {
    return this.sources.urlOf(await this.blob(name));
  }

  private async openRange(name: string, range: ByteRange): Promise<OpenedBlob> {
    const blob = await this.blob(name);
    try {
      return await readBlobRange(blob, range, this.calls, this.limits);
    } catch (error) {
      throw this.report(error, name);
    }
  }

  private async blob(name: string): Promise<BlockBlobClient> {
    this.names.check(name);
    await this.container.open();
    return this.container.blob(name);
  }

  /** An ETag that is none, as `*`, would not be refused by the service but fit every version. */
  private version(name: string, etag: string): string {
    if (!/^"[^"\r\n]+"$/.test(etag)) throw failure('BlobChanged', { name, store: this.url });
    return etag;
  }

  private report(error: unknown, name: string): unknown {
    if (hasCode(error, 'BlobNotFound')) return failure('BlobNotFound', { name, store: this.url });
    return azureFailure(error, this.url);
  }
}

/** Which names a store takes and shows. */
interface BlobNames {
  check(name: string): void;
  checkPrefix(prefix: string): void;
  isListed(name: string): boolean;
}

const publicNames: BlobNames = {
  check: checkBlobName,
  checkPrefix: checkBlobPrefix,
  isListed: (name) => !isDraftName(name),
};

/** Those of a store's own unfinished blobs too. */
const allNames: BlobNames = {
  check: () => undefined,
  checkPrefix: () => undefined,
  isListed: () => true,
};
