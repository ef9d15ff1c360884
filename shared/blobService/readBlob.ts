import { failure, isFailure } from '../errors/batchpointError';
import type { BlobDetails, ByteRange } from '../stores/blobStore';
import type { ReadableBlobs } from './artifactStore';
import { detailHeaders, versionHeaders } from './blobHeaders';
import type { BlobAnswer, BlobRequest } from './blobRequest';
import { isUnchanged } from './conditions';

/** Get Blob and Get Blob Properties: the bytes, or a range of them, as a stream. */
export async function readBlob(store: ReadableBlobs, request: BlobRequest): Promise<BlobAnswer> {
  const blob = await present(store, request.blob);
  if (isUnchanged(request, blob)) return { status: 304, headers: versionHeaders(blob) };
  const headers = detailHeaders(blob);
  if (request.method === 'HEAD')
    return { status: 200, headers: { ...headers, 'content-length': String(blob.size) } };
  const range = rangeOf(request, blob.size);
  if (range === undefined) {
    const body = await store.read(blob.name);
    return { status: 200, headers: { ...headers, 'content-length': String(blob.size) }, body };
  }
  const { offset, length } = range;
  return {
    status: 206,
    headers: {
      ...headers,
      'content-length': String(length),
      'content-range': `bytes ${offset}-${offset + length - 1}/${blob.size}`,
    },
    body: await store.read(blob.name, range),
  };
}

/** The blob of a name, or `BlobNotFound`. */
export async function present(store: ReadableBlobs, name: string): Promise<BlobDetails> {
  const blob = await store.stat(name).catch((error: unknown) => {
    // Clients look whether a folder is there by its name with a slash: what cannot be a blob is none.
    if (isFailure(error, 'BlobNameInvalid')) return undefined;
    throw error;
  });
  if (blob === undefined) throw failure('BlobNotFound', { name, store: 'this container' });
  return blob;
}

/** The range of bytes that a request asks for: `x-ms-range` counts more than `Range`. */
function rangeOf(request: BlobRequest, size: number): Required<ByteRange> | undefined {
  const header = request.header('x-ms-range') ?? request.header('range');
  const [, first, last = ''] = /^bytes=(\d{1,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  // A range in another form is as if there were none.
  if (header === undefined || first === undefined) return undefined;
  const offset = Number(first);
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (offset >= size || end < offset) throw failure('InvalidRange', { range: header, size });
  return { offset, length: end - offset + 1 };
}
