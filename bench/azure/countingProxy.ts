import { once } from 'node:events';
import { createServer, request as forward, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that came by, with the bytes of both bodies. */
export interface CountedRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  /** Whether the service was asked to copy from somewhere. */
  readonly isCopy: boolean;
  sent: number;
  received: number;
}

/** A proxy before one service that counts what passes. */
export interface CountingProxy {
  /** The service's URL, through the proxy. */
  readonly url: string;
  readonly requests: readonly CountedRequest[];
  stop(): Promise<void>;
}

/** Starts a proxy before the service at `service`, an `http:` URL, whose path it keeps. */
export async function startCountingProxy(service: string): Promise<CountingProxy> {
  const target = new URL(service);
  const requests: CountedRequest[] = [];
  const server = createServer((incoming, outgoing) => {
    const { method = '', url = '', headers } = incoming;
    const counted = { method, url, isCopy: 'x-ms-copy-source' in headers, sent: 0, received: 0 };
    requests.push(counted);
    const options = { host: target.hostname, port: target.port, method, path: url, headers };
    const asked = forward(options, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.on('data', (chunk: Buffer) => (counted.received += chunk.length)).pipe(outgoing);
    });
    asked.on('error', () => outgoing.destroy());
    count(incoming, (bytes) => (counted.sent += bytes)).pipe(asked);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${target.pathname}`,
    requests,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function count(message: IncomingMessage, add: (bytes: number) => void): IncomingMessage {
  return message.on('data', (chunk: Buffer) => add(chunk.length));
}
