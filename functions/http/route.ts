import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';
import * as df from 'durable-functions';
import type { WorkspacePath } from '../../shared/registry/workspacePath';
import type { Audience, Caller } from '../../shared/security/tokens';
import { services, type Services } from '../services';
import { baseOf } from './baseUrl';
import { errorAnswer } from './errorAnswer';
import { readJson } from './jsonBody';
import { operations, type Operation } from './operation';

/** A request that has been let in, with all that a handler needs to answer it. */
export interface Call {
  readonly services: Services;
  readonly request: HttpRequest;
  readonly caller: Caller;
  readonly workspace: WorkspacePath;
  readonly client: () => df.DurableClient;
  /** A parameter of the route. */
  readonly parameter: (name: string) => string;
  /** The body as JSON; fails with `BodyNotJson` or `RequestBodyTooLarge`. */
  readonly json: () => Promise<unknown>;
  /** The start of absolute URLs that lead back here, without a slash at its end. */
  readonly base: string;
}

const workspaceRoute =
  'subscriptions/{subscription}/resourceGroups/{group}' +
  '/providers/Microsoft.MachineLearningServices/workspaces/{workspace}';

/** Registers a function that answers requests of callers with a token. Whatever it throws becomes an error envelope. */
export function route(
  name: string,
  operation: Operation,
  answer: (call: Call) => Promise<HttpResponseInit>,
): void {
  operations.push({ name, ...operation });
  app.http(name, {
    methods: operation.methods,
    authLevel: 'anonymous',
    route: `${workspaceRoute}/${operation.path}`,
    extraInputs: [df.input.durableClient()],
    handler: async (request, context) => {
      try {
        return await answer(await admit(request, context, operation.audience));
      } catch (error) {
        return errorAnswer(error, context);
      }
    },
  });
}

async function admit(request: HttpRequest, context: InvocationContext, audience: Audience): Promise<Call> {
  const ready = await services();
  const caller = await ready.tokens.verify(request.headers.get('authorization'), audience);
  const parameter = (key: string): string => request.params[key] ?? '';
  return {
    services: ready,
    request,
    caller,
    workspace: {
      subscription: parameter('subscription'),
      group: parameter('group'),
      workspace: parameter('workspace'),
    },
    client: () => df.getClient(context),
    parameter,
    json: () => readJson(request),
    base: baseOf(request),
  };
}
