import { issuerKey } from '../../shared/security/issuerKey';
import { LocalTokens, type Audience } from '../../shared/security/tokens';
import { durableClient, httpTrigger, type HostRequest } from './functionsHostInputs';
import type { FunctionsWorker } from './functionsWorker';

/** The answer of an HTTP function. */
export interface WorkerReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed, where it is JSON. */
  readonly body: unknown;
}

/** Where the workspace of the tests stands. */
export const workspaceParams = { subscription: 's', group: 'g', workspace: 'w' };
const workspaceUrl =
  'http://127.0.0.1:7071/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w';

/** Calls the HTTP functions of a worker as a host does that has taken in a request with a token. */
export class WorkerClient {
  constructor(
    readonly worker: FunctionsWorker,
    private readonly state: string,
    private readonly rpcBaseUrl = 'http://127.0.0.1:9/durabletask/',
  ) {}

  /** Calls a function. `query` follows the path of the workspace. */
  async call(
    name: string,
    request: Partial<Omit<HostRequest, 'url' | 'body'>> & {
      readonly query?: string;
      readonly body?: unknown;
    },
    audience: Audience = 'management',
  ): Promise<WorkerReply> {
    const { method = 'GET', params = {}, headers = {}, query = '', body } = request;
    const whole: HostRequest = {
      method,
      url: `${workspaceUrl}/${name}${query}`,
      params: { ...workspaceParams, ...params },
      headers: {
        host: '127.0.0.1:7071',
        authorization: `Bearer ${await this.token(audience)}`,
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    };
    const { worker } = this;
    const client = durableClient(worker.binding(name, /^durableClient$/), this.rpcBaseUrl);
    const answer = await worker.http(name, httpTrigger(worker.trigger(name), whole, client));
    const text = Buffer.from(answer.body?.bytes ?? []).toString();
    const isJson = answer.headers['content-type']?.includes('json') === true;
    return {
      status: Number(answer.statusCode),
      headers: answer.headers,
      body: isJson ? (JSON.parse(text) as unknown) : text,
    };
  }

  /** Calls a function that has to succeed. */
  async ask(name: string, request: Parameters<WorkerClient['call']>[1]): Promise<unknown> {
    const reply = await this.call(name, request);
    if (reply.status >= 300) throw new Error(`${name}: ${reply.status} ${JSON.stringify(reply.body)}`);
    return reply.body;
  }

  private async token(audience: Audience): Promise<string> {
    const tokens = new LocalTokens(await issuerKey(this.state), () => new Date());
    return (await tokens.issue(audience)).accessToken;
  }
}
