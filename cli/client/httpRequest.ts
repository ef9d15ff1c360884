import { Agent as HttpAgent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';

/** A request as it goes out. */
export interface HttpRequest {
  readonly method: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Milliseconds without a sign of life after which the request is given up; without it, it may take its time. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
}

/** An answer with its body. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const agent = new HttpAgent({ keepAlive: true });

/** Sends a request and reads its answer, whatever its status. Fails only where no whole answer comes. */
export async function exchange(url: URL, options: HttpRequest): Promise<HttpAnswer> {
  const { method, headers, body, timeout, signal } = options;
  const isSecure = url.protocol === 'https:';
  const send = isSecure ? (await import('node:https')).request : httpRequest;
  return new Promise((resolve, reject) => {
    const request = send(url, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) }) },
      ...(isSecure ? {} : { agent }),
      ...(timeout === undefined ? {} : { timeout }),
      ...(signal === undefined ? {} : { signal }),
    });
    request.on('timeout', () => request.destroy(new Error(`no answer within ${timeout ?? 0} ms`)));
    request.on('error', reject);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks),
        });
      });
    });
    request.end(body);
  });
}
