import { setTimeout as wait } from 'node:timers/promises';
import { failure } from '../../shared/errors/batchpointError';
import type { Audience } from '../../shared/security/tokens';
import type { HostConnection } from '../host/hostConnection';
import { exchange, type HttpAnswer } from './httpRequest';
import { errorIn, ServerError } from './serverError';
import type { TokenSource } from './tokenSource';

/** A request to the host. Every one of them may be sent twice without harm: starting a job carries an id. */
export interface HostRequest {
  readonly method: 'GET' | 'PUT' | 'PATCH' | 'POST' | 'DELETE';
  /** From the root of the host, with its query. */
  readonly path: string;
  readonly audience: Audience;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Milliseconds before each further attempt of a request that got no answer. */
const pauses = [50, 200, 500, 1_000, 2_000];

/** Sends requests to the host, with a token. A host that is lost is looked for again, and started where it is gone. */
export class HostClient {
  constructor(
    private readonly connection: HostConnection,
    private readonly tokens: TokenSource,
    private readonly options: {
      readonly signal?: AbortSignal | undefined;
      readonly debug: (text: string) => void;
    },
  ) {}

  /** The same client, which Ctrl-C does not stop: to tidy up. */
  unstoppable(): HostClient {
    return new HostClient(this.connection, this.tokens, { debug: this.options.debug });
  }

  /** The answer of the host. Fails with `ServerError`, `HostUnreachable`, `HostAnswerOdd`, `Interrupted`. */
  async send(request: HostRequest): Promise<HttpAnswer> {
    for (let attempt = 0; ; attempt++) {
      const host = await this.connection.url();
      const url = new URL(request.path, host);
      const { accessToken } = await this.tokens.get(request.audience);
      if (this.isInterrupted()) throw failure('Interrupted', { advice: '' });
      let answer: HttpAnswer | undefined;
      try {
        answer = await this.attempt(url, request, accessToken);
      } catch (error) {
        if (this.isInterrupted()) throw failure('Interrupted', { advice: '' });
        const reason = error instanceof Error ? error.message : String(error);
        this.options.debug(`${url.href} was lost: ${reason}`);
        if (attempt >= pauses.length) throw this.connection.unreachable(reason, error);
      }
      // 503 is what a host says that is on its way down or not yet up.
      if (answer !== undefined && (answer.status !== 503 || attempt >= pauses.length)) {
        return checked(answer, request.method, url, attempt > 0);
      }
      this.connection.lost(host);
      await wait(pauses[attempt]);
    }
  }

  /** Waits for some milliseconds, or until Ctrl-C, which fails with `Interrupted`. */
  async pause(milliseconds: number): Promise<void> {
    const { signal } = this.options;
    try {
      await wait(milliseconds, undefined, signal === undefined ? {} : { signal });
    } catch {
      throw failure('Interrupted', { advice: '' });
    }
  }

  private isInterrupted(): boolean {
    return this.options.signal?.aborted === true;
  }

  private async attempt(url: URL, request: HostRequest, accessToken: string): Promise<HttpAnswer> {
    const { signal, debug } = this.options;
    const began = performance.now();
    const answer = await exchange(url, {
      method: request.method,
      headers: {
        Authorization: `Bearer ${accessToken}`,
        Accept: 'application/json',
        ...(request.body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...request.headers,
      },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      ...(signal === undefined ? {} : { signal }),
    });
    debug(`${request.method} ${url.href} ${answer.status} ${(performance.now() - began).toFixed(0)} ms`);
    return answer;
  }
}

function checked(answer: HttpAnswer, method: string, url: URL, wasRepeated: boolean): HttpAnswer {
  const { status, body } = answer;
  if (status < 400) return answer;
  const error = errorIn(body);
  if (error !== undefined) throw new ServerError(status, error, wasRepeated);
  throw failure('HostAnswerOdd', { method, url: url.href, status });
}
