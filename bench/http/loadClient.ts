// The process of the clients: what they do takes no time from the host's own loop. It is sent orders by its parent.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Agent, request as send, type ClientRequest, type IncomingMessage } from 'node:http';
import type { LoadAnswer, LoadOrder, LoadRequest } from './loadMessages';

/** A connection that stays open, and whose it is. */
interface Connection {
  readonly agent: Agent;
  readonly token: string;
}

const opening: LoadRequest = { method: 'GET', path: '/health', status: 200 };

/**
 * Each connection sends its next request when the last byte of the answer before is there. All of them are open before
 * the clock starts: a host accepts one at a time, between the requests of those that are open.
 */
async function load({ url, request, tokens, count }: LoadOrder): Promise<LoadAnswer> {
  const connections = tokens.map((token) => ({
    token,
    agent: new Agent({ keepAlive: true, maxSockets: 1 }),
  }));
  const times: number[] = [];
  let sent = 0;
  const work = async (connection: Connection): Promise<void> => {
    while (sent < count) {
      sent += 1;
      const began = performance.now();
      await answered(url, request, connection);
      times.push(performance.now() - began);
    }
  };
  try {
    await Promise.all(connections.map((connection) => answered(url, opening, connection)));
    const began = performance.now();
    await Promise.all(connections.map(work));
    return { time: performance.now() - began, times };
  } finally {
    for (const { agent } of connections) agent.destroy();
  }
}

/** Sends a request and reads its answer to the end. */
async function answered(url: string, request: LoadRequest, { agent, token }: Connection): Promise<void> {
  const { method, body, newRequestId } = request;
  const sending: ClientRequest = send(`${url}${request.path}`, {
    method,
    agent,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined
        ? {}
        : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
      ...(newRequestId === true ? { 'repeatability-request-id': randomUUID() } : {}),
    },
  });
  sending.end(body);
  const [answer] = (await once(sending, 'response')) as [IncomingMessage];
  let text = '';
  answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  await once(answer, 'end');
  if (answer.statusCode !== request.status)
    throw new Error(`${method} ${request.path}: ${answer.statusCode} ${text}`);
}

process.on('message', (order: LoadOrder) => {
  void load(order)
    .catch((error: unknown): LoadAnswer => ({ time: 0, times: [], error: String(error) }))
    .then((answer) => process.send?.(answer));
});
