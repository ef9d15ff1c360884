import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { failure } from '../../shared/errors/batchpointError';
import type { HostLog } from '../hostLog';
import type { DurableEndpoint } from './durableEndpoint';
import type { FunctionEndpoint } from './functionEndpoint';
import { isOwnHost } from './hostHeader';
import { refuse } from './refusal';
import type { RouteTable } from './routeTable';
import { decodePath } from './routeTemplate';

/** Who answers requests. */
export interface Endpoints {
  readonly routes: RouteTable;
  readonly functions: FunctionEndpoint;
  readonly durable: DurableEndpoint;
}

/** The host's HTTP server. It is reachable from this machine only. */
export class HttpServer {
  private readonly server: Server;
  private endpoints: Endpoints | undefined;
  private draining = false;
  /** Requests that functions are answering. */
  private inFlight = 0;
  private onDrained: (() => void) | undefined;
  private port = 0;

  constructor(
    private readonly log: HostLog,
    private readonly onRequest: () => void,
  ) {
    this.server = createServer((request, response) => {
      this.answer(request, response).catch((error: unknown) => this.failed(response, error));
    });
  }

  /**
   * Takes the port; until `serve` is called, requests are answered with 503.
   *
   * @param port 0 for a free one
   * @returns the port
   * @throws PortTaken
   */
  async listen(port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', (error: NodeJS.ErrnoException) =>
        reject(error.code === 'EADDRINUSE' ? failure('PortTaken', { port }, { cause: error }) : error),
      );
      this.server.listen({ host: '127.0.0.1', port, exclusive: true }, resolve);
    });
    this.port = (this.server.address() as AddressInfo).port;
    return this.port;
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
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeIdleConnections();
    // What is not idle is being sent to its client, or has had its time.
    const timer = setTimeout(() => this.server.closeAllConnections(), 1000);
    await closed;
    clearTimeout(timer);
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { host = '' } = request.headers;
    if (!isOwnHost(host, this.port)) return refuse(response, failure('HostHeaderRefused', { host }));
    if (this.endpoints === undefined)
      return refuse(response, failure('HostNotReady', { reason: 'is starting' }));
    const { routes, functions, durable } = this.endpoints;
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
    if (match === undefined) return refuse(response, failure('RouteNotFound', { method, path }));
    this.inFlight += 1;
    try {
      await functions.answer(match, request, response);
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

function pathOf(request: IncomingMessage): string | undefined {
  const path = (request.url ?? '').split('?', 1)[0] ?? '';
  if (!path.startsWith('/')) return undefined;
  try {
    return decodePath(path);
  } catch {
    return undefined;
  }
}
