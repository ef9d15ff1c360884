import { EventEmitter } from 'node:events';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';

import type { ProgrammingModel } from '../app/programmingModel';
import { limitedBody } from './requestBody';
import { isSecure } from './requestOrigin';

/**
 * Hands requests as streams to the programming model, and lets it write the answers, without a copy in memory.
 *
 * An app asks for this with `app.setup({ enableHttpStream: true })`. The model then opens a server of its own, to
 * which the real host sends each request on. Host and model share a process here, so the model gets a server that
 * listens nowhere, and requests are put before it as they are: no second port, and none that others could reach.
 */
export class StreamProxy {
  private constructor(private readonly server: EventEmitter) {}

  /** Finishes the setup of a programming model; undefined when the app does not stream. */
  static async of(model: ProgrammingModel): Promise<StreamProxy | undefined> {
    let server: EventEmitter | undefined;
    const { createServer } = http;
    const standIn = (): EventEmitter => (server = new UnboundServer());
    Object.assign(http, { createServer: standIn });
    let capabilities: Promise<unknown> | undefined;
    try {
      capabilities = model.getCapabilities?.({});
    } finally {
      Object.assign(http, { createServer });
    }
    await capabilities;
    return server === undefined ? undefined : new StreamProxy(server);
  }

  /**
   * Puts a request before the model, under the id of the invocation that is to answer it.
   *
   * @throws RequestBodyTooLarge
   */
  offer(invocationId: string, request: IncomingMessage, response: ServerResponse, limit: number): void {
    const { host } = request.headers;
    const offered = Object.assign(limitedBody(request, limit), {
      method: request.method,
      url: request.url,
      headers: {
        ...request.headers,
        'x-ms-invocation-id': invocationId,
        'x-forwarded-host': host,
        'x-forwarded-proto': isSecure(request) ? 'https' : 'http',
      },
    });
    this.server.emit('request', offered, response);
  }
}

/** What the model takes for its server. */
class UnboundServer extends EventEmitter {
  listen(listening: () => void): this {
    queueMicrotask(listening);
    return this;
  }

  address(): { port: number } {
    return { port: 1 };
  }
}
