import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';

import { failure } from '../../shared/errors/batchpointError';
import type { BlobEndpoint } from '../blobs/blobEndpoint';
import type { HostLog } from '../hostLog';
import type { ServerCredentials } from '../tls/certificates';
import type { DurableEndpoint } from './durableEndpoint';
import type { FunctionEndpoint } from './functionEndpoint';
import { isOwnHost } from './hostHeader';
import { refuse } from './refusal';
import { isSecure } from './requestOrigin';
import type { RouteTable } from './routeTable';
import { decodePath } from './routeTemplate';

/** Who answers requests. */
export interface Endpoints {
  readonly routes: RouteTable;
  readonly functions: FunctionEndpoint;
  readonly durable: DurableEndpoint;
  /** The blobs of the state folder, where clients may enter them. */
  readonly blobs: BlobEndpoint | undefined;
}

/** The host's HTTP server. It is reachable from this machine only. */
export class HttpServer {
  private readonly servers: Server[] = [];
  private endpoints: Endpoints | undefined;
  private draining = false;
  /** Requests that functions are answering. */
  private inFlight = 0;
  private onDrained: (() => void) | undefined;

  constructor(
    private readonly log: HostLog,
    private readonly onRequest: () => void,
  ) {}

  /**
   * Takes a port; until `serve` is called, requests are answered with 503.
   *
   * @param port 0 for a free one
   * @returns the port
   * @throws PortTaken
   */
  listen(port: number): Promise<number> {
    return this.take(createServer(this.onAny), port);
  }

  /** Takes a port for TLS, which serves the same. */
  listenSecurely(port: number, credentials: ServerCredentials): Promise<number> {
    return this.take(createSecureServer(credentials, this.onAny), port);
  }

  serve(endpoints: Endpoints): void {
    this.endpoints = endpoints;
  }

  /** True while a function answers a request. */
  get isBusy(): boolean {
    return this.inFlight > 0;
  }

  /**
   * Takes no new requests and waits until those that functions are answering are done, but no longer than `patience`
   * milliseconds. The durable client is served until then: functions that still run may need it.
   */
  async close(patience: number): Promise<void> {
    this.draining = true;
    if (this.inFlight > 0) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.onDrained = resolve;
        timer = setTimeout(resolve, patience);
      });
      clearTimeout(timer);
    }
    await Promise.all(this.servers.map(closed));
  }

  private readonly onAny = (request: IncomingMessage, response: ServerResponse): void => {
    this.answer(request, response).catch((error: unknown) => this.failed(response, error));
  };

  private async take(server: Server, port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) =>
        reject(error.code === 'EADDRINUSE' ? failure('PortTaken', { port }, { cause: error }) : error),
      );
      server.listen({ host: '127.0.0.1', port, exclusive: true }, resolve);
    });
    this.servers.push(server);
    return (server.address() as AddressInfo).port;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { host = '' } = request.headers;
    const { localPort = 0 } = request.socket;
    if (!isOwnHost(host, localPort, isSecure(request) ? 443 : 80))
      return refuse(response, failure('HostHeaderRefused', { host }));
    if (this.endpoints === undefined)
      return refuse(response, failure('HostNotReady', { reason: 'is starting' }));
    const { routes, functions, durable, blobs } = this.endpoints;
    const path = pathOf(request);
    if (path === undefined) return refuse(response, failure('PathInvalid', { path: request.url ?? '' }));
    const parts = path.split('/').slice(1);
    if (durable.owns(parts))
      return durable.answer(
        parts.filter((part) => part !== ''),
        request,
        response,
      );
    this.onRequest();
    if (this.draining) return refuse(response, failure('HostNotReady', { reason: 'is stopping' }));
    const { method = 'GET' } = request;
    const match = routes.match(method, path);
    const isBlob = blobs?.owns(parts) === true;
    if (match === undefined && !isBlob) return refuse(response, failure('RouteNotFound', { method, path }));
    this.inFlight += 1;
    try {
      if (isBlob) await blobs.answer(request, response);
      else if (match !== undefined) await functions.answer(match, request, response);
    } finally {
      this.inFlight -= 1;
      this.onRequest();
      if (this.inFlight === 0) this.onDrained?.();
    }
  }

  private failed(response: ServerResponse, error: unknown): void {
    // A client that hung up in the middle of its request is no failure of ours.
    if (!response.destroyed) {
      this.log.write(
        'error',
        'Host',
        error instanceof Error ? (error.stack ?? error.message) : String(error),
      );
    }
    if (response.headersSent) response.destroy();
    else response.writeHead(500, { 'content-length': 0 }).end();
  }
}

async function closed(server: Server): Promise<void> {
  const whenClosed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  // What is not idle is being sent to its client, or has had its time.
  const timer = setTimeout(() => server.closeAllConnections(), 1000);
  await whenClosed;
  clearTimeout(timer);
}

function pathOf(request: IncomingMessage): string | undefined {
  const path = (request.url ?? '').split('?', 1)[0] ?? '';
  if (!path.startsWith('/')) return undefined;
  try {
    return decodePath(path);
  } catch {
    return undefined;
  }
}
