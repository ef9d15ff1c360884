/** A function source that starts, watches and steers orchestrations over HTTP: every test app contains it. */
export const clientFunctions = `
const { app } = require('@azure/functions');
const df = require('durable-functions');
const client = { authLevel: 'anonymous', methods: ['POST'], extraInputs: [df.input.durableClient()] };
app.http('start', { ...client, route: 'start/{name}', handler: async (request, context) => {
  const instanceId = request.query.get('id') ?? undefined;
  const text = await request.text();
  const input = text === '' ? undefined : JSON.parse(text);
  return { jsonBody: { id: await df.getClient(context).startNew(request.params.name, { instanceId, input }) } };
} });
app.http('call', { ...client, route: 'call/{operation}', handler: async (request, context) => {
  try {
    const result = await df.getClient(context)[request.params.operation](...(await request.json()));
    return { jsonBody: { ok: true, result: result ?? null } };
  } catch (error) {
    return { jsonBody: { ok: false, message: error.message } };
  }
} });
app.http('binding', { ...client, route: 'binding', handler: async (request, context) =>
  ({ jsonBody: context.extraInputs.get(context.options.extraInputs[0]) }) });
`;

/** The status of an instance as the durable client sees it. */
export interface InstanceStatus {
  readonly name: string;
  readonly instanceId: string;
  readonly runtimeStatus: string;
  readonly input: unknown;
  readonly output: unknown;
  readonly customStatus: unknown;
}

/** Speaks to an app that has `clientFunctions`. */
export class HostClient {
  constructor(private readonly url: string) {}

  /** Starts an instance and returns its id. */
  async start(name: string, input?: unknown, id?: string): Promise<string> {
    const query = id === undefined ? '' : `?id=${encodeURIComponent(id)}`;
    const body = input === undefined ? null : JSON.stringify(input);
    const response = await fetch(`${this.url}/api/start/${name}${query}`, { method: 'POST', body });
    if (!response.ok) throw new Error(`start answered ${response.status}: ${await response.text()}`);
    return ((await response.json()) as { id: string }).id;
  }

  /** Calls an operation of the durable client; a failure is thrown with its message. */
  async call(operation: string, ...args: unknown[]): Promise<unknown> {
    const answer = (await this.post(`call/${operation}`, args)) as {
      ok: boolean;
      result: unknown;
      message: string;
    };
    if (!answer.ok) throw new Error(answer.message);
    return answer.result;
  }

  status(id: string): Promise<InstanceStatus> {
    return this.call('getStatus', id) as Promise<InstanceStatus>;
  }

  /** Waits until the status of an instance is as asked for. */
  async until(id: string, isSo: (status: InstanceStatus) => boolean): Promise<InstanceStatus> {
    for (;;) {
      const status = await this.status(id);
      if (isSo(status)) return status;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Waits until an instance is over. */
  ended(id: string): Promise<InstanceStatus> {
    return this.until(
      id,
      ({ runtimeStatus }) => !['Pending', 'Running', 'Suspended'].includes(runtimeStatus),
    );
  }

  /** Starts an instance and waits until it is over. */
  async run(name: string, input?: unknown, id?: string): Promise<InstanceStatus> {
    return this.ended(await this.start(name, input, id));
  }

  /** The input of the app's `durableClient` binding. */
  async binding(): Promise<{ rpcBaseUrl: string; managementUrls: Record<string, string> }> {
    return (await this.post('binding', {})) as { rpcBaseUrl: string; managementUrls: Record<string, string> };
  }

  private async post(path: string, body: unknown): Promise<unknown> {
    const response = await fetch(`${this.url}/api/${path}`, { method: 'POST', body: JSON.stringify(body) });
    return response.json();
  }
}
