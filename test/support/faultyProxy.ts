import { once } from 'node:events';
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that came by. `url` is its path and query. */
export interface SeenRequest {
  readonly method: string;
  /** Host and port of the service. */
  readonly host: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  /** What it carries, where somebody is told of what is done. */
  readonly body?: Buffer;
}

/** What goes wrong with a request. */
export type Fault =
  /** It never reaches the service: this is the answer. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly code: string;
      /** Seconds after which the service would be asked again. */
      readonly retryAfter?: number;
    }
  /** It never reaches the service: the connection is reset. */
  | { readonly kind: 'reset' }
  /** It never reaches the service, and nobody says so. */
  | { readonly kind: 'swallow' }
  /** It is done, and then the connection is reset instead of the answer. */
  | { readonly kind: 'loseAnswer' }
  /** So many bytes of the answer's body come, then the connection is reset. */
  | { readonly kind: 'cutBody'; readonly after: number }
  /** So many bytes of the answer's body come, then nothing more; without a number, not even the headers. */
  | { readonly kind: 'stall'; readonly after?: number }
  /** It reaches the service only after something else has happened. */
  | { readonly kind: 'delay'; readonly until: () => Promise<unknown> };

/** What became of a request that reached the service. */
export interface DoneRequest extends SeenRequest {
  /** When it came, and when the service had answered it, as milliseconds of `performance.now()`. */
  readonly at: number;
  readonly answeredAt: number;
  readonly body: Buffer;
  readonly status: number;
  /** What the service answered. */
  readonly answer: { readonly headers: IncomingMessage['headers']; readonly body: Buffer };
  readonly fault?: Fault['kind'];
}

/** A proxy before one service that can fail like a network, or like a busy service. */
export interface FaultyProxy {
  /** The service's URL, through the proxy. */
  readonly url: string;
  /** All requests since the start, or since `forget`. */
  readonly seen: readonly SeenRequest[];
  /** From now on, asks `choose` about each request; without it, nothing goes wrong. */
  fail(choose?: (request: SeenRequest) => Fault | undefined): void;
  forget(): void;
  stop(): Promise<void>;
}

/**
 * Starts a proxy before the service at `service`, an `http:` URL, whose path it keeps. Whoever is told to use it for all
 * services (`HTTP_PROXY`) reaches each of them through it. `done` is told of each request that
 * the service has answered, before anybody else is.
 */
export async function startFaultyProxy(
  service: string,
  done?: (request: DoneRequest) => void,
): Promise<FaultyProxy> {
  const target = new URL(service);
  const seen: SeenRequest[] = [];
  let choose: (request: SeenRequest) => Fault | undefined = () => undefined;

  const server = createServer((incoming, outgoing) => {
    const url = new URL(incoming.url ?? '/', target);
    const { method = '', headers } = incoming;
    const request = { method, host: url.host, url: `${url.pathname}${url.search}`, headers };
    if (done === undefined) take(request, incoming, outgoing);
    else
      incoming.toArray().then(
        (chunks) => take({ ...request, body: Buffer.concat(chunks as Buffer[]) }, incoming, outgoing),
        // Who asked is gone before all was said.
        () => undefined,
      );
  });
  const take = (request: SeenRequest, incoming: IncomingMessage, outgoing: ServerResponse): void => {
    seen.push(request);
    const fault = choose(request);
    const way = { incoming, outgoing, request, fault, done };
    switch (fault?.kind) {
      case 'answer':
        answerWith(fault, way);
        return;
      case 'reset':
        incoming.socket.resetAndDestroy();
        return;
      case 'swallow':
        incoming.resume();
        return;
      case 'delay':
        void fault.until().then(() => pass(way));
        return;
      default:
        pass(way);
    }
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${target.pathname}`,
    seen,
    fail: (next = () => undefined) => {
      choose = next;
    },
    forget: () => {
      seen.length = 0;
    },
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** Faults for the first `count` of the requests that `isMeant` picks. */
export function firstOf(
  count: number,
  isMeant: (request: SeenRequest) => boolean,
  fault: Fault,
): (request: SeenRequest) => Fault | undefined {
  let left = count;
  return (request) => (isMeant(request) && (left -= 1) >= 0 ? fault : undefined);
}

function answerWith(
  { status, code, retryAfter }: Extract<Fault, { kind: 'answer' }>,
  { incoming, outgoing, request }: Way,
): void {
  const body = `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>Injected.</Message></Error>`;
  const headers = {
    'content-type': 'application/xml',
    'x-ms-error-code': code,
    ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
  };
  const answer = (): unknown =>
    outgoing.writeHead(status, headers).end(incoming.method === 'HEAD' ? '' : body);
  if (request.body === undefined) incoming.resume().on('end', answer);
  else answer();
}

/** A request on its way to the service. */
interface Way {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly request: SeenRequest;
  readonly fault: Fault | undefined;
  readonly done: ((request: DoneRequest) => void) | undefined;
}

function pass(way: Way): void {
  const { incoming, outgoing } = way;
  const { method, host, url: path, headers } = way.request;
  const { hostname, port } = new URL(`http://${host}`);
  const at = performance.now();
  const passed = forward({ hostname, port, method, path, headers, agent: false }, (answer) => {
    if (way.done !== undefined) void tellDone(way, answer, at);
    answerThrough(answer, outgoing, way.fault);
  });
  passed.on('error', () => outgoing.destroy());
  const { body } = way.request;
  if (body !== undefined) {
    passed.end(body);
    return;
  }
  // Who asked is gone before all was said: then the service is not to wait for the rest.
  incoming.on('close', () => {
    if (!incoming.complete) passed.destroy();
  });
  incoming.pipe(passed);
}

async function tellDone({ request, fault, done }: Way, answer: IncomingMessage, at: number): Promise<void> {
  const answeredAt = performance.now();
  const told: Buffer[] = [];
  answer.on('data', (chunk: Buffer) => told.push(chunk));
  await once(answer, 'end').catch(() => undefined);
  done?.({
    body: Buffer.alloc(0),
    ...request,
    at,
    answeredAt,
    status: answer.statusCode ?? 0,
    answer: { headers: answer.headers, body: Buffer.concat(told) },
    ...(fault === undefined ? {} : { fault: fault.kind }),
  });
}

function answerThrough(answer: IncomingMessage, outgoing: ServerResponse, fault: Fault | undefined): void {
  switch (fault?.kind) {
    case 'loseAnswer':
      // Only when the service has said all, so that what was asked for is surely done.
      answer.resume().on('end', () => outgoing.socket?.resetAndDestroy());
      return;
    case 'cutBody':
      void sendStart(answer, outgoing, fault.after, () => outgoing.socket?.resetAndDestroy());
      return;
    case 'stall':
      if (fault.after === undefined) answer.resume();
      else void sendStart(answer, outgoing, fault.after, () => undefined);
      return;
    default:
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
  }
}

async function sendStart(
  answer: IncomingMessage,
  outgoing: ServerResponse,
  bytes: number,
  then: () => void,
): Promise<void> {
  outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
  const body = Buffer.concat((await answer.toArray()) as Buffer[]);
  // The rest comes after the kernel has taken the start, so that the other side sees it before the reset.
  outgoing.write(body.subarray(0, bytes), then);
}
