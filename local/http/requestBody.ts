import type { IncomingMessage } from 'node:http';
import { Transform } from 'node:stream';

import { failure } from '../../shared/errors/batchpointError';

/** Bytes of a body that the real host takes, unless an app setting says otherwise. */
const defaultLimit = 104_857_600;

/** The limit in the setting of the real host, `FUNCTIONS_REQUEST_BODY_SIZE_LIMIT`, or its default. */
export function bodyLimit(setting: string | undefined): number {
  const limit = Number(setting);
  return Number.isInteger(limit) && limit > 0 ? limit : defaultLimit;
}

/**
 * Reads the body of a request.
 *
 * @throws RequestBodyTooLarge as soon as more than `limit` bytes are announced or have come
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  requireAnnounced(request, limit);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw failure('RequestBodyTooLarge', { limit });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

/**
 * The body of a request as a stream that fails with RequestBodyTooLarge when it gets longer than `limit`.
 *
 * @throws RequestBodyTooLarge when more is announced
 */
export function limitedBody(request: IncomingMessage, limit: number): Transform {
  requireAnnounced(request, limit);
  let size = 0;
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > limit) done(failure('RequestBodyTooLarge', { limit }));
      else done(null, chunk);
    },
  });
  request.on('error', (error) => counter.destroy(error));
  return request.pipe(counter);
}

function requireAnnounced(request: IncomingMessage, limit: number): void {
  if (Number(request.headers['content-length'] ?? 0) > limit) throw failure('RequestBodyTooLarge', { limit });
}
