import { Readable } from 'node:stream';
import type { BlobDownloadResponseParsed, BlockBlobClient } from '@azure/storage-blob';
import { failure } from '../../errors/batchpointError';
import type { ByteRange } from '../blobStore';
import { azureFailure, hasCode } from './azureErrors';
import type { AzureLimits } from './azureOptions';
import type { ServiceCalls } from './serviceCalls';

/** Bytes of a blob, and its version where it is known. */
export interface OpenedBlob {
  readonly stream: Readable;
  readonly etag?: string;
}

/**
 * A stream of a blob's bytes. Where it breaks off or falls silent, it goes on from there, with the same
 * version of the blob. Errors before the first byte come as the Azure packages throw them.
 */
export async function readBlobRange(
  blob: BlockBlobClient,
  { offset, length }: ByteRange,
  calls: ServiceCalls,
  limits: AzureLimits,
): Promise<OpenedBlob> {
  if (length === 0) return emptyAfter(calls.tell((abortSignal) => blob.getProperties({ abortSignal })));
  try {
    const first = await calls.tell((abortSignal) =>
      blob.download(offset, length, { abortSignal, maxRetryRequests: 0 }),
    );
    const end = offset + Number(first.contentLength);
    return {
      stream: new ResumedReading(blob, calls, limits, offset, end).start(first),
      ...(first.etag === undefined ? {} : { etag: first.etag }),
    };
  } catch (error) {
    if (hasCode(error, 'InvalidRange')) return { stream: Readable.from([]) };
    throw error;
  }
}

async function emptyAfter(work: Promise<unknown>): Promise<OpenedBlob> {
  await work;
  return { stream: Readable.from([]) };
}

class ResumedReading {
  private source: Readable | undefined;

  constructor(
    private readonly blob: BlockBlobClient,
    private readonly calls: ServiceCalls,
    private readonly limits: AzureLimits,
    private position: number,
    private readonly end: number,
  ) {}

  start(first: BlobDownloadResponseParsed): Readable {
    this.source = bodyOf(first);
    const stream = Readable.from(this.chunks(String(first.etag)), { objectMode: false });
    // A generator that was never begun would not end its source.
    return stream.once('close', () => this.source?.destroy());
  }

  private async *chunks(etag: string): AsyncGenerator<Buffer> {
    let failures = 0;
    while (this.position < this.end) {
      try {
        for await (const chunk of inTime(this.source, this.limits.callLimit)) {
          this.position += chunk.length;
          failures = 0;
          yield chunk;
        }
      } catch {
        // Why it broke off does not matter: the next request tells whether the rest can be had.
      }
      if (this.position >= this.end) return;
      failures += 1;
      if (failures >= this.limits.tries) throw this.brokenOff();
      this.source = await this.resume(etag);
    }
  }

  private async resume(ifMatch: string): Promise<Readable> {
    const left = this.end - this.position;
    try {
      const answer = await this.calls.tell((abortSignal) =>
        this.blob.download(this.position, left, {
          abortSignal,
          conditions: { ifMatch },
          maxRetryRequests: 0,
        }),
      );
      return bodyOf(answer);
    } catch (error) {
      if (!hasCode(error, 'ConditionNotMet', 'BlobNotFound')) throw azureFailure(error, this.calls.store);
      throw failure('BlobChanged', { name: this.blob.name, store: this.calls.store });
    }
  }

  private brokenOff(): Error {
    const reason = `the blob '${this.blob.name}' broke off at byte ${this.position} of ${this.end}`;
    return failure('StoreUnavailable', { store: this.calls.store, reason });
  }
}

/** The chunks of a stream; it is destroyed where the next does not come within the limit. */
async function* inTime(source: Readable | undefined, limit: number): AsyncGenerator<Buffer> {
  if (source === undefined) return;
  const watch = (): NodeJS.Timeout => setTimeout(() => source.destroy(new Error('silent')), limit);
  let timer = watch();
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      clearTimeout(timer);
      yield chunk;
      timer = watch();
    }
  } finally {
    clearTimeout(timer);
  }
}

/**
 * A connection may break before anyone reads; that is seen when someone does, and must not end the process.
 */
function bodyOf(answer: BlobDownloadResponseParsed): Readable {
  const body = answer.readableStreamBody as Readable;
  return body.on('error', () => undefined);
}
