import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { isFailure } from '../../shared/errors/batchpointError';
import type { HostLog } from '../hostLog';
import type { InvocationResult, Invoker } from '../invocation/invoker';
import { sendFunctionResponse, type FunctionResponse } from './httpResponse';
import { httpTrigger, streamTrigger } from './httpTrigger';
import { refuse } from './refusal';
import { readBody } from './requestBody';
import type { RouteMatch } from './routeTable';
import type { StreamProxy } from './streamProxy';

/** Answers requests with the app's HTTP functions. Keys are not asked for: only this machine can call. */
export class FunctionEndpoint {
  constructor(
    private readonly invoker: Invoker,
    private readonly streams: StreamProxy | undefined,
    private readonly limit: number,
    private readonly log: HostLog,
  ) {}

  async answer(match: RouteMatch, request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      if (this.streams === undefined) await this.whole(match, request, response);
      else await this.streamed(this.streams, match, request, response);
    } catch (error) {
      if (!isFailure(error, 'RequestBodyTooLarge')) throw error;
      refuse(response, error, afterBody);
    }
  }

  private async whole(
    { fn, params }: RouteMatch,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const body = await readBody(request, this.limit);
    const result = await this.invoker.invoke(fn, httpTrigger(fn.triggerName, request, params, body));
    if (this.hasFailed(fn.name, result)) response.writeHead(500).end();
    else if (result.ok)
      sendFunctionResponse(response, result.response.returnValue?.http as FunctionResponse | undefined);
  }

  private async streamed(
    streams: StreamProxy,
    { fn, params }: RouteMatch,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const invocationId = randomUUID();
    streams.offer(invocationId, request, response, this.limit);
    const result = await this.invoker.invoke(
      fn,
      streamTrigger(fn.triggerName, request, params),
      invocationId,
    );
    const failed = this.hasFailed(fn.name, result);
    if (response.writableEnded) return;
    // A stream that broke off must not look like a whole one.
    if (response.headersSent) response.destroy();
    else if (!result.ok && isFailure(result.error, 'RequestBodyTooLarge'))
      refuse(response, result.error, afterBody);
    else response.writeHead(failed ? 500 : 204).end();
  }

  private hasFailed(name: string, result: InvocationResult): boolean {
    if (!result.ok) this.log.write('error', `Function.${name}`, result.error.stack ?? result.error.message);
    return !result.ok;
  }
}

/** The rest of the request is not read, so the connection cannot be used again. */
const afterBody = { connection: 'close' };
