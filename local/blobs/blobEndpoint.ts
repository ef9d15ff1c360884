import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

import { artifactStore } from '../../shared/blobService/artifactStore';
import type { BlobAnswer, BlobRequest } from '../../shared/blobService/blobRequest';
import { blobErrorAnswer, BlobService } from '../../shared/blobService/blobService';
import { sweepBlocks } from '../../shared/blobService/blocks';
import { isServedContainer, serviceSegment } from '../../shared/blobService/serviceUrl';
import { SharedAccess } from '../../shared/blobService/sharedAccess';
import { failure, isFailure } from '../../shared/errors/batchpointError';
import { issuerKey } from '../../shared/security/issuerKey';
import { openLocalStores, type LocalStores } from '../../shared/stores/local/openLocalStores';
import type { HostLog } from '../hostLog';
import { originOf } from '../http/requestOrigin';

/** Answers requests of the Blob protocol from the local store, as streams: no file is ever held in memory. */
export class BlobEndpoint {
  private constructor(
    private readonly service: BlobService,
    private readonly stores: LocalStores,
    private readonly log: HostLog,
  ) {}

  /** Opens the blobs of a state folder for clients that have a shared access signature. */
  static async open(stateFolder: string, log: HostLog): Promise<BlobEndpoint> {
    const now = (): Date => new Date();
    const { storageSecret } = await issuerKey(stateFolder);
    const stores = await openLocalStores(stateFolder);
    const blocks = stores.localFolder(join(stateFolder, 'blocks'));
    await sweepBlocks(blocks, now());
    const access = new SharedAccess(storageSecret, now);
    const container = (name: string): ReturnType<LocalStores['container']> => stores.container(name);
    const artifacts = artifactStore(stores.blobs);
    const service = new BlobService({ access, container, artifacts, blocks, isServed: isServedContainer });
    return new BlobEndpoint(service, stores, log);
  }

  /** Whether a path, in its parts, is one of this protocol. */
  owns([first]: readonly string[]): boolean {
    return first === serviceSegment;
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let answer: BlobAnswer;
    try {
      answer = await this.service.answer(readRequest(request), `${originOf(request)}/${serviceSegment}`);
    } catch (error) {
      if (response.destroyed) return;
      if (!isFailure(error))
        this.log.write('error', 'Blobs', error instanceof Error ? (error.stack ?? '') : String(error));
      answer = blobErrorAnswer(error);
      // What is left of a body is not waited for.
      if (!request.complete) response.setHeader('connection', 'close');
    }
    await send(answer, request, response);
  }

  close(): Promise<void> {
    return this.stores.close();
  }
}

function readRequest(request: IncomingMessage): BlobRequest {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://host');
  const [, , container = '', ...name] = pathname.split('/');
  const { headers, method = 'GET' } = request;
  return {
    method,
    container: decoded(container),
    blob: decoded(name.join('/')),
    query: searchParams,
    headers,
    header: (header) => {
      const value = headers[header];
      return Array.isArray(value) ? value.join(',') : value;
    },
    body: request,
  };
}

/** Slashes of a name may be escaped or not. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    throw failure('BlobNameInvalid', { name: text, reason: 'an escape in it is broken' }, { cause: error });
  }
}

async function send(answer: BlobAnswer, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { body = '', headers, status } = answer;
  const isText = typeof body === 'string';
  const id = request.headers['x-ms-client-request-id'];
  response.writeHead(status, {
    'x-ms-request-id': randomUUID(),
    ...(id === undefined ? {} : { 'x-ms-client-request-id': id }),
    ...(isText && status !== 304 && !('content-length' in headers)
      ? { 'content-length': Buffer.byteLength(body) }
      : {}),
    ...headers,
  });
  if (isText) {
    response.end(request.method === 'HEAD' ? undefined : body);
    return;
  }
  // A client that goes away in the middle is no failure of ours.
  await pipeline(body, response).catch((error: unknown) => {
    if (!response.destroyed) throw error;
  });
}
