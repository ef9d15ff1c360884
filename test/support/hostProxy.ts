import { once } from 'node:events';
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What becomes of a request: it is passed on; it is done and its answer lost; or it never arrives and is answered
 * with a status. `wait` says what has to happen before it is passed on.
 */
export type Fate = 'pass' | 'loseAnswer' | { readonly status: number } | { readonly wait: Promise<unknown> };

/** A proxy before a host, which lets requests fail as a network does. */
export interface HostProxy {
  readonly url: string;
  /** `GET /path` of every request so far. */
  readonly seen: string[];
  /** Decides about every request from now on, by its method and path. */
  decide: (request: string) => Fate;
  stop(): Promise<void>;
}

/** Starts a proxy before the host at `target`. */
export async function startHostProxy(target: string): Promise<HostProxy> {
  const server = createServer((incoming, outgoing) => {
    const request = `${incoming.method ?? ''} ${decodeURIComponent((incoming.url ?? '').split('?', 1)[0] ?? '')}`;
    proxy.seen.push(request);
    const fate = proxy.decide(request);
    if (typeof fate === 'object' && 'status' in fate) {
      const error = { code: 'Injected', message: 'The test wants it so.' };
      incoming.resume().on('end', () => outgoing.writeHead(fate.status).end(JSON.stringify({ error })));
    } else if (typeof fate === 'object') {
      void fate.wait.then(() => pass(target, incoming, outgoing, false));
    } else {
      pass(target, incoming, outgoing, fate === 'loseAnswer');
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const proxy: HostProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen: [],
    decide: () => 'pass',
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  return proxy;
}

/** Lets the first request that matches have a fate, and all others pass. */
export function firstTo(pattern: RegExp, fate: Fate): (request: string) => Fate {
  let done = false;
  return (request) => {
    if (done || !pattern.test(request)) return 'pass';
    done = true;
    return fate;
  };
}

function pass(
  target: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  losesAnswer: boolean,
): void {
  const { host, hostname, port } = new URL(target);
  const { method, url: path } = incoming;
  const headers = { ...incoming.headers, host };
  const request = forward({ hostname, port, method, path, headers, agent: false }, (answer) => {
    if (losesAnswer) {
      answer.resume().on('end', () => outgoing.socket?.resetAndDestroy());
      return;
    }
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  request.on('error', () => outgoing.destroy());
  incoming.pipe(request);
}
