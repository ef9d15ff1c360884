import { failure } from '../../shared/errors/batchpointError';
import { workspaceId, type WorkspacePath } from '../../shared/registry/workspacePath';
import type { Audience } from '../../shared/security/tokens';
import type { HostClient } from './hostClient';
import type { HttpAnswer } from './httpRequest';
import { isServerError } from './serverError';

/** The versions of the two APIs, as clients of Azure send them. */
const apiVersions: Readonly<Record<Audience, string>> = {
  management: '2024-04-01',
  data: '2020-09-01-dataplanepreview',
};

interface Page<T> {
  readonly value: readonly T[];
  readonly nextLink?: string;
}

/** How a list is asked for. */
interface ListOptions {
  readonly audience?: Audience;
  /** The most items that are wanted; without it, all. */
  readonly most?: number;
  readonly query?: Readonly<Record<string, string>>;
}

/** The resources of a workspace, by their paths in it, such as `computes/cpu`; the empty one is its own. */
export class Workspace {
  constructor(
    private readonly client: HostClient,
    private readonly place: WorkspacePath,
  ) {}

  /** The same workspace through a client that Ctrl-C does not stop. */
  unstoppable(): Workspace {
    return new Workspace(this.client.unstoppable(), this.place);
  }

  async get<T>(path: string, query: Readonly<Record<string, string>> = {}): Promise<T> {
    return json<T>(await this.send('GET', path, { query }));
  }

  /** What is there, or `undefined` where nothing is. */
  async find<T>(path: string): Promise<T | undefined> {
    try {
      return await this.get<T>(path);
    } catch (error) {
      if (isServerError(error) && error.status === 404) return undefined;
      throw error;
    }
  }

  /** The items of a list, page by page. */
  private async *list<T>(path: string, options: ListOptions = {}): AsyncGenerator<T> {
    const { audience = 'management', most = Infinity, query = {} } = options;
    let given = 0;
    let next: string | undefined = this.path(path, audience, {
      ...query,
      ...(most < 100 ? { $top: String(most) } : {}),
    });
    while (next !== undefined) {
      const page: Page<T> = json(await this.client.send({ method: 'GET', path: next, audience }));
      for (const item of page.value) {
        yield item;
        given += 1;
        if (given >= most) return;
      }
      // The host may have another address by the time of the next page: only path and query count.
      next = page.nextLink === undefined ? undefined : relative(page.nextLink);
    }
  }

  /** All items of a list at once. */
  async all<T>(path: string, options: ListOptions = {}): Promise<T[]> {
    const items: T[] = [];
    for await (const item of this.list<T>(path, options)) items.push(item);
    return items;
  }

  async put<T>(path: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<T> {
    return json<T>(await this.send('PUT', path, { body, headers }));
  }

  async patch<T>(path: string, body: object): Promise<T> {
    return json<T>(await this.send('PATCH', path, { body }));
  }

  /** Deletes what is at a path, and waits until it is gone. */
  async delete(path: string, { force = false, wait = true }: DeleteOptions = {}): Promise<void> {
    const { headers } = await this.send('DELETE', path, force ? { query: { force: 'true' } } : {});
    const operation = headers['azure-asyncoperation'];
    if (wait && typeof operation === 'string') await this.operationEnd(operation);
  }

  /** Sends something that takes its time, and answers what its operation says at its end. */
  async postAndWait<T>(path: string, body: object): Promise<T> {
    const { headers } = await this.send('POST', path, { body });
    return json<T>(await this.operationEnd(String(headers['azure-asyncoperation'])));
  }

  /** Asks how far an operation is until it is over. Fails with `OperationEnded` where it has not succeeded. */
  private async operationEnd(url: string): Promise<HttpAnswer> {
    for (let pause = 20; ; pause = Math.min(2 * pause, 1_000)) {
      const answer = await this.client.send({ method: 'GET', path: relative(url), audience: 'management' });
      const { status } = json<{ status: string }>(answer);
      if (status === 'Succeeded') return answer;
      if (status !== 'InProgress') throw failure('OperationEnded', { status });
      await this.client.pause(pause);
    }
  }

  /** Sends something that is answered without waiting, such as a cancellation. */
  async post(path: string, request: SendOptions = {}): Promise<HttpAnswer> {
    return this.send('POST', path, request);
  }

  /** Bytes of a file of a job from `offset` on. */
  async piece(path: string, offset: number, length: number): Promise<HttpAnswer> {
    return this.send('GET', path, { headers: { Range: `bytes=${offset}-${offset + length - 1}` } });
  }

  private send(
    method: 'GET' | 'PUT' | 'PATCH' | 'POST' | 'DELETE',
    path: string,
    { audience = 'management', body, headers, query }: SendOptions,
  ): Promise<HttpAnswer> {
    return this.client.send({
      method,
      path: this.path(path, audience, query ?? {}),
      audience,
      ...(body === undefined ? {} : { body }),
      ...(headers === undefined ? {} : { headers }),
    });
  }

  private path(path: string, audience: Audience, query: Readonly<Record<string, string>>): string {
    const search = new URLSearchParams({ 'api-version': apiVersions[audience], ...query });
    const below = path === '' ? '' : `/${path}`;
    return `${workspaceId(encoded(this.place))}${below}?${search.toString()}`;
  }
}

/** How something is deleted. */
interface DeleteOptions {
  /** Whether jobs that run are cancelled first. */
  readonly force?: boolean;
  /** Whether to wait until it is gone; without that, it is enough that the host has begun. */
  readonly wait?: boolean;
}

interface SendOptions {
  readonly audience?: Audience;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
}

/** The JSON of an answer. */
export function json<T>(answer: HttpAnswer): T {
  try {
    return JSON.parse(answer.body.toString('utf8')) as T;
  } catch (error) {
    const reason = `an answer of the host is not JSON (${error instanceof Error ? error.message : String(error)})`;
    throw failure('CommandFailed', { reason }, { cause: error });
  }
}

function relative(link: string): string {
  const { pathname, search } = new URL(link, 'http://host');
  return `${pathname}${search}`;
}

function encoded({ subscription, group, workspace }: WorkspacePath): WorkspacePath {
  return {
    subscription: encodeURIComponent(subscription),
    group: encodeURIComponent(group),
    workspace: encodeURIComponent(workspace),
  };
}
