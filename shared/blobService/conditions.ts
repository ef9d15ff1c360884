import { failure } from '../errors/batchpointError';
import type { BlobDetails, WriteOptions } from '../stores/blobStore';
import { quotedEtag } from './blobHeaders';
import type { BlobRequest } from './blobRequest';

type Version = Pick<BlobDetails, 'etag' | 'modified' | 'name'>;

/** Whether a client that has this version already need not be sent it again. Fails with `ConditionNotMet`. */
export function isUnchanged(request: BlobRequest, blob: Version): boolean {
  refuseOther(request, blob);
  const noneMatch = request.header('if-none-match');
  if (noneMatch !== undefined) return matches(noneMatch, blob);
  const since = timeOf(request, 'if-modified-since');
  return since !== undefined && seconds(blob.modified) <= seconds(since);
}

/**
 * What a write asks of the blob that is there, as the store takes it: the check and the write are one step. Fails with
 * `ConditionNotMet` or `BlobAlreadyExists` where it is known now that it does not hold.
 */
export function writeConditionOf(request: BlobRequest, blob: Version | undefined): WriteOptions {
  const { blob: name } = request;
  const noneMatch = request.header('if-none-match');
  if (noneMatch?.trim() === '*') {
    if (blob !== undefined) throw failure('BlobAlreadyExists', { name });
    return { mustNotExist: true };
  }
  if (blob === undefined) {
    if (request.header('if-match') !== undefined)
      throw failure('ConditionNotMet', { name, condition: 'If-Match' });
    return {};
  }
  refuseOther(request, blob);
  if (noneMatch !== undefined && matches(noneMatch, blob))
    throw failure('ConditionNotMet', { name, condition: 'If-None-Match' });
  const since = timeOf(request, 'if-modified-since');
  if (since !== undefined && seconds(blob.modified) <= seconds(since))
    throw failure('ConditionNotMet', { name, condition: 'If-Modified-Since' });
  return hasCondition(request) ? { etag: blob.etag } : {};
}

function refuseOther(request: BlobRequest, blob: Version): void {
  const { name } = blob;
  const match = request.header('if-match');
  if (match !== undefined && !matches(match, blob))
    throw failure('ConditionNotMet', { name, condition: 'If-Match' });
  const before = timeOf(request, 'if-unmodified-since');
  if (before !== undefined && seconds(blob.modified) > seconds(before))
    throw failure('ConditionNotMet', { name, condition: 'If-Unmodified-Since' });
}

function hasCondition(request: BlobRequest): boolean {
  return ['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since'].some(
    (name) => request.header(name) !== undefined,
  );
}

function matches(header: string, { etag }: Version): boolean {
  const wanted = header.split(',').map((one) => one.trim().replace(/^W\//, ''));
  const [quoted, bare] = [quotedEtag(etag), quotedEtag(etag).slice(1, -1)];
  return wanted.some((one) => one === '*' || one === quoted || one === bare);
}

function timeOf(request: BlobRequest, header: string): Date | undefined {
  const value = request.header(header);
  if (value === undefined) return undefined;
  const time = new Date(value);
  if (!Number.isNaN(time.getTime())) return time;
  throw failure('InvalidHeaderValue', { header, value, expected: 'a date' });
}

/** Times in headers have no fractions of a second. */
function seconds(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}
