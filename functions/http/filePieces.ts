import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import { failure } from '../../shared/errors/batchpointError';
import type { ByteSpan, FilePiece } from '../../shared/stores/filePiece';

/** A piece of a file as the answer to a request for a range of bytes. */
export function pieceAnswer({ bytes, offset, size }: FilePiece): HttpResponseInit {
  const isWhole = bytes.length === size;
  return {
    status: isWhole ? 200 : 206,
    body: bytes,
    headers: {
      'Content-Type': 'application/octet-stream',
      'Accept-Ranges': 'bytes',
      ...(isWhole ? {} : { 'Content-Range': `bytes ${offset}-${offset + bytes.length - 1}/${size}` }),
    },
  };
}

/** The one range that a request asks for, or the whole file. Fails with `ParameterInvalid`. */
export function rangeOf({ headers }: HttpRequest): ByteSpan {
  const header = headers.get('range');
  if (header === null) return { from: 0 };
  const [, from, to] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header) ?? [];
  if (from === undefined || to === undefined || `${from}${to}` === '')
    throw failure('ParameterInvalid', { name: 'Range', value: header, expected: 'like bytes=0-99' });
  if (from === '') return { last: Number(to) };
  return to === '' ? { from: Number(from) } : { from: Number(from), to: Number(to) };
}
