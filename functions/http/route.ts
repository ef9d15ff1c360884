import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';
import * as df from 'durable-functions';
import type { WorkspacePath } from '../../shared/registry/workspacePath';
import type { Caller } from '../../shared/security/caller';
import { services, type Services } from '../services';
import { admitTo, admitToFound } from './admission';
import { baseOf } from './baseUrl';
import { errorAnswer } from './errorAnswer';
import { readJson } from './jsonBody';
import { operations, workspaceRoute, type Operation } from './operation';

/** A request that has been let in, with all that a handler needs to answer it. */
export interface Call {
  readonly services: Services;
  readonly request: HttpRequest;
  readonly caller: Caller;
  /** Whether the caller has the role of the operation for that endpoint. */
  readonly allows: (endpoint: string) => boolean;
  /** Fails with `RoleMissing` unless the caller has it for the endpoint of what was found, or for all where nothing was. */
  readonly require: (endpoint: string | undefined) => void;
  readonly workspace: WorkspacePath;
  readonly client: () => df.DurableClient;
  /** A parameter of the route. */
  readonly parameter: (name: string) => string;
  /** The body as JSON; fails with `BodyNotJson` or `RequestBodyTooLarge`. */
  readonly json: () => Promise<unknown>;
  /** The start of absolute URLs that lead back here, without a slash at its end. */
  readonly base: string;
}

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
        return await answer(await admit(request, context, operation));
      } catch (error) {
        return errorAnswer(error, context);
      }
    },
  });
}

async function admit(request: HttpRequest, context: InvocationContext, operation: Operation): Promise<Call> {
  const ready = await services();
  const caller = await ready.tokens.verify(request.headers.get('authorization'), operation.audience);
  admitTo(operation, caller, request.params['endpoint']);
  const parameter = (key: string): string => request.params[key] ?? '';
  return {
    services: ready,
    request,
    caller,
    allows: (endpoint) => caller.grants.hasFor(operation.role, endpoint),
    require: (endpoint) => admitToFound(operation, caller, endpoint),
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
