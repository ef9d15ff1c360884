import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { failure } from '../errors/batchpointError';
import type { LocalBlobStore } from '../stores/local/localBlobStore';
import { contentTypeOf, metadataOf, versionHeaders, withContentType } from './blobHeaders';
import type { BlobAnswer, BlobRequest } from './blobRequest';
import { writeConditionOf } from './conditions';
import { present } from './readBlob';

/** Put Blob: the body becomes the blob, whole. */
export async function putBlob(store: LocalBlobStore, request: BlobRequest): Promise<BlobAnswer> {
  const type = request.header('x-ms-blob-type');
  if (type !== 'BlockBlob')
    throw failure('InvalidHeaderValue', {
      header: 'x-ms-blob-type',
      value: type ?? '',
      expected: 'BlockBlob',
    });
  const contentType = request.header('x-ms-blob-content-type') ?? request.header('content-type');
  const metadata = metadataOf(request, contentType);
  const condition = writeConditionOf(request, await store.stat(request.blob));
  await store.receive(request.blob, (file) => take(request, file), { ...condition, metadata });
  return written(store, request.blob);
}

/** Set Blob Metadata: what was said of the blob before is gone. */
export async function setMetadata(store: LocalBlobStore, request: BlobRequest): Promise<BlobAnswer> {
  const blob = await present(store, request.blob);
  writeConditionOf(request, blob);
  const kept = withContentType(metadataOf(request, undefined), contentTypeOf(blob));
  return { status: 200, headers: versionHeaders(await store.describe(blob.name, kept)) };
}

/** Set Blob Properties: of these there is the content type alone. */
export async function setProperties(store: LocalBlobStore, request: BlobRequest): Promise<BlobAnswer> {
  const blob = await present(store, request.blob);
  writeConditionOf(request, blob);
  const metadata = withContentType(blob.metadata, request.header('x-ms-blob-content-type'));
  return { status: 200, headers: versionHeaders(await store.describe(blob.name, metadata)) };
}

/** Delete Blob. */
export async function deleteBlob(store: LocalBlobStore, request: BlobRequest): Promise<BlobAnswer> {
  writeConditionOf(request, await present(store, request.blob));
  await store.remove(request.blob);
  return { status: 202, headers: {} };
}

/** Puts the body of a request into a file, chunk by chunk. Fails with `Md5Mismatch`. */
export async function take(request: BlobRequest, file: FileHandle): Promise<void> {
  const expected = request.header('content-md5');
  const hash = expected === undefined ? undefined : createHash('md5');
  for await (const chunk of request.body as Readable & AsyncIterable<Buffer>) {
    hash?.update(chunk);
    for (let done = 0; done < chunk.length;) done += (await file.write(chunk, done)).bytesWritten;
  }
  const found = hash?.digest('base64');
  if (expected !== undefined && found !== expected)
    throw failure('Md5Mismatch', { found: found ?? '', expected });
}

/** The answer to a write that has made a blob. */
export async function written(store: LocalBlobStore, name: string): Promise<BlobAnswer> {
  const blob = await present(store, name);
  return { status: 201, headers: { ...versionHeaders(blob), 'x-ms-request-server-encrypted': 'false' } };
}
