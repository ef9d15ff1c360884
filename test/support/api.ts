import type { IncomingHttpHeaders } from 'node:http';
import { ProductHost } from '../../bench/product/productHost';
import type { Audience } from '../../shared/security/tokens';
import { Description, type Document } from './description';
import { ask } from './hostRequest';
import { recordUse, runningTest } from './recordUse';

/** Where the API begins. */
export const workspacePath =
  '/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w';

/** The error envelope that every refusal has. */
export interface ErrorEnvelope {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly target?: string;
    readonly details?: readonly {
      readonly code: string;
      readonly message: string;
      readonly target?: string;
    }[];
  };
}

/** What came back: the body parsed, where it is JSON. */
export interface ApiAnswer<Body> {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Body;
}

export interface ApiRequest {
  readonly headers?: Record<string, string>;
  /** An object is sent as JSON, a text as it is. */
  readonly body?: unknown;
  /** The audience of the token; where it is left out, that of the path. */
  readonly audience?: Audience;
  /** Another token than a good one; `null` for none. */
  readonly token?: string | null;
}

/**
 * Speaks to a host as a client does, over HTTP, and sends paths as they are given. Every answer has to be as the host's
 * own description says.
 */
export class Api {
  private description: Promise<Description> | undefined;

  constructor(readonly host: ProductHost) {}

  async send<Body = ErrorEnvelope>(
    method: string,
    path: string,
    request: ApiRequest = {},
  ): Promise<ApiAnswer<Body>> {
    const { headers = {}, body } = request;
    const token =
      request.token === undefined ? await this.host.token(audienceOf(path, request)) : request.token;
    const full = path.startsWith('//') ? path.slice(1) : `${workspacePath}${path}`;
    const test = runningTest();
    const answer = await ask(this.host.url, full, {
      method,
      headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const description = await this.described();
    const faults = description.faults(method, full, answer);
    if (faults.length > 0) throw new Error(`${method} ${full} is not as described: ${faults.join('; ')}`);
    const operation = description.operationOf(method, full)?.operationId ?? 'none';
    recordUse({ kind: 'request', what: [operation], succeeded: answer.status < 300 }, test);
    const isJson = answer.body !== '' && answer.headers['content-type']?.includes('json') === true;
    return { ...answer, body: (isJson ? JSON.parse(answer.body) : answer.body) as Body };
  }

  /** What the host says of its API. */
  described(): Promise<Description> {
    this.description ??= ask(this.host.url, '/openapi.json').then(
      ({ body }) => new Description(JSON.parse(body) as Document),
    );
    return this.description;
  }

  /** All that a list has, by its pages, of which none may have more than `size` items. */
  async pages<Item>(path: string, size: number): Promise<Item[]> {
    const { status, body } = await this.send<{ value: Item[]; nextLink?: string }>('GET', path);
    if (status !== 200 || body.value.length > size) throw new Error(`${path}: ${JSON.stringify(body)}`);
    if (body.nextLink === undefined) return body.value;
    const { pathname, search } = new URL(body.nextLink);
    const rest = `${pathname.slice(workspacePath.length)}${search}`;
    return [...body.value, ...(await this.pages<Item>(rest, size))];
  }

  /** Sends a request that has to be refused, and answers its status and code. */
  async refusal(method: string, path: string, request: ApiRequest = {}): Promise<[number, string]> {
    const { status, body } = await this.send(method, path, request);
    return [status, body.error?.code ?? `no envelope: ${JSON.stringify(body)}`];
  }
}

function audienceOf(path: string, { audience }: ApiRequest): Audience {
  if (audience !== undefined) return audience;
  return /^\/batchEndpoints\/[^/]+\/(deployments\/[^/]+\/)?jobs/.test(path) ? 'data' : 'management';
}

/** One compiled product on its host for all tests of a file. */
export function useApi(environment: NodeJS.ProcessEnv = {}): Api {
  const host = new ProductHost(environment);
  beforeAll(() => host.start());
  afterAll(() => host.close());
  return new Api(host);
}
