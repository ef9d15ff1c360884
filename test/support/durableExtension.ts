import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** An instance that somebody asked for. */
export interface StartedInstance {
  readonly id: string;
  readonly name: string;
  readonly input: unknown;
}

/**
 * The end of the Durable extension that durable clients talk to, with the answers that it was seen to give. It runs
 * nothing: it notes what it is asked to start.
 */
export class DurableExtension {
  readonly started: StartedInstance[] = [];
  /** The status of instances by their ids; one that is not here does not exist. */
  readonly instances = new Map<string, string>();
  /** Method and path of every request. */
  readonly asked: string[] = [];
  private readonly server = createServer((request, response) => void this.answer(request, response));

  async start(): Promise<this> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return this;
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }

  /** What the binding of a durable client says. */
  get rpcBaseUrl(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/durabletask/`;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '' } = request;
    const body = await text(request);
    this.asked.push(`${method} ${url}`);
    const [, kind, first = '', second = ''] = /^\/durabletask\/(\w+)\/([^/?]+)\/?([^/?]*)/.exec(url) ?? [];
    if (method === 'POST' && kind === 'orchestrators') this.begin(response, first, second, body);
    else if (method === 'GET' && kind === 'instances') this.status(response, first);
    else if (method === 'DELETE' && url.startsWith('/durabletask/instances/?'))
      send(response, 200, { instancesDeleted: 2 });
    else response.writeHead(404).end();
  }

  private begin(response: ServerResponse, name: string, id: string, body: string): void {
    if (this.instances.get(id) === 'Running') {
      const Message = 'An Orchestration instance with the status Running already exists.';
      return send(response, 409, { Message });
    }
    this.instances.set(id, 'Running');
    this.started.push({ id, name, input: JSON.parse(body) as unknown });
    send(response, 202, { id });
  }

  private status(response: ServerResponse, instanceId: string): void {
    const runtimeStatus = this.instances.get(instanceId);
    if (runtimeStatus === undefined) {
      response.writeHead(404, { 'content-length': '0' }).end();
      return;
    }
    const time = '2026-11-22T16:53:12Z';
    const name = this.started.find(({ id }) => id === instanceId)?.name ?? '';
    const common = { name, instanceId, runtimeStatus, input: null, customStatus: null, output: null };
    const status = runtimeStatus === 'Running' ? 202 : 200;
    send(response, status, { ...common, createdTime: time, lastUpdatedTime: time });
  }
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}
