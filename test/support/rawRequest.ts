import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds after which a server that says nothing more is not waited for. */
const patience = 10_000;

/**
 * Sends bytes as they are, ends the connection's own half, and gives what came back until the server ended its half. A
 * connection that the server breaks off is an answer too: that of nothing.
 */
export async function sendRaw(url: string, bytes: Buffer): Promise<Buffer> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
  const parts: Buffer[] = [];
  const closed = new Promise<void>((resolve) => {
    socket.on('data', (part: Buffer) => parts.push(part));
    socket.once('end', resolve).once('error', resolve).once('close', resolve);
  });
  socket.end(bytes);
  const waiting = new AbortController();
  const tooLong = pause(patience, true, { signal: waiting.signal }).catch(() => false);
  const gaveUp = await Promise.race([closed.then(() => false), tooLong]);
  waiting.abort();
  socket.destroy();
  if (gaveUp)
    throw new Error(`Nothing ended for ${patience} ms after ${JSON.stringify(bytes.toString('latin1'))}`);
  return Buffer.concat(parts);
}

/** The statuses of the answers in what a server sent; a body that looks like the start of an answer counts too. */
export function statusesIn(answer: Buffer): number[] {
  return [...answer.toString('latin1').matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map(([, status]) =>
    Number(status),
  );
}
