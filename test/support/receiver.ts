import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What somebody was told. */
export interface Told {
  readonly path: string;
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A server on loopback that is told of things, and answers 204 unless it is asked to do otherwise. */
export class Receiver {
  readonly told: Told[] = [];
  /** Answers what came; the server does it where it is left out. */
  answer: (response: ServerResponse, told: Told) => void = (response) => response.writeHead(204).end();
  private readonly waiting: (() => void)[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<Receiver> {
    const server = createServer();
    const receiver = new Receiver(server);
    server.on('request', (request, response) => {
      void text(request).then((body) => {
        const { url: path = '', method = '', headers } = request;
        const told = { path, method, headers, body };
        receiver.told.push(told);
        receiver.answer(response, told);
        for (const wake of receiver.waiting.splice(0)) wake();
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Waits until it was told so many things. */
  async toldOf(count: number): Promise<void> {
    while (this.told.length < count) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
