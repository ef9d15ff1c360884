import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { JobMessage } from '../../../shared/notifications/jobMessage';
import type { Random } from '../seeds';

/** A message that has come, and whether it was taken. */
export interface Received {
  readonly id: string;
  readonly message: JobMessage;
  readonly taken: boolean;
}

/** Whoever is told of the ends of jobs: writes down what comes, and takes one message in four only when it comes again. */
export class Receiver {
  readonly received: Received[] = [];
  private readonly server: Server;

  private constructor(random: Random) {
    this.server = createServer((request, response) => {
      void json(request).then((message) => {
        const id = String(request.headers['webhook-id']);
        const taken = this.received.some((one) => one.id === id) || random.chance(0.75);
        this.received.push({ id, message: message as JobMessage, taken });
        response.writeHead(taken ? 204 : 500).end();
      });
    });
  }

  static async open(random: Random): Promise<Receiver> {
    const receiver = new Receiver(random);
    receiver.server.listen(0, '127.0.0.1');
    await once(receiver.server, 'listening');
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/jobs`;
  }

  /** What has come of a job. */
  of(job: string): readonly Received[] {
    return this.received.filter(({ message }) => message.data.job === job);
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}
