import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import type { ApiRequest } from '../durable/client/apiMessages';
import type { DurableApi } from '../durable/client/durableApi';
import type { Trace } from '../invocation/trace';
import { readBody } from './requestBody';

/** Serves the Durable API: under a path that only the app is told, and to those who have the key of its addresses. */
export class DurableEndpoint {
  constructor(
    private readonly api: DurableApi,
    private readonly key: string,
    private readonly limit: number,
    private readonly trace: Trace | undefined,
  ) {}

  /** True for a path of this API, whether or not it may be used. `parts` are the decoded parts of the path. */
  owns(parts: readonly string[]): boolean {
    return parts[0] === 'runtime' && parts[2] === 'durabletask';
  }

  async answer(parts: readonly string[], request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
    const given = parts[1] === 'webhooks' ? (url.searchParams.get('code') ?? '') : (parts[1] ?? '');
    if (!isSame(given, this.key)) {
      const status = parts[1] === 'webhooks' ? 401 : 404;
      response.writeHead(status, {
        'content-length': 0,
        ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
      });
      response.end();
      return;
    }
    const body = (await readBody(request, this.limit)).toString('utf8');
    this.send(response, {
      method: request.method ?? 'GET',
      segments: parts.slice(3),
      query: url.searchParams,
      contentType: request.headers['content-type'],
      continuationToken: headerText(request.headers['x-ms-continuation-token']),
      body,
      origin: url.origin,
      target: request.url ?? '/',
    });
  }

  private send(response: ServerResponse, asked: ApiRequest): void {
    const { status, headers, body = '' } = this.api.handle(asked);
    const sent: Record<string, string> = { 'content-length': String(Buffer.byteLength(body)), ...headers };
    if (body !== '') sent['content-type'] = 'application/json; charset=utf-8';
    response.writeHead(status, sent).end(body);
    this.trace?.clientExchange({
      request: { method: asked.method, path: asked.target, body: asked.body },
      response: { status, headers: sent, body },
    });
  }
}

/** Takes the same time for every wrong key. */
function isSame(given: string, key: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(key));
}

function headerText(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
