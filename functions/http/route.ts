import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';
import * as df from 'durable-functions';
import type { WorkspacePath } from '../../shared/registry/workspacePath';
import type { Caller } from '../../shared/security/caller';
import { services, type Services } from '../services';
import { admitTo, admitToFound } from './admission';
import { apiVersionOf } from './apiVersions';
import { baseOf } from './baseUrl';
import { errorAnswer } from './errorAnswer';
import { readJson } from './jsonBody';
import { operations, type Operation } from './operation';
import { methodsOf, routeOf } from './routes';

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
  /** The version of the API that was asked for, or the newest. */
  readonly apiVersion: string;
  readonly client: () => df.DurableClient;
  /** A parameter of the route. */
  readonly parameter: (name: string) => string;
  /**
   * The body as JSON, or `whenEmpty` where there is none and that is given; fails with `BodyNotJson`,
   * `ContentTypeUnsupported` or `RequestBodyTooLarge`.
   */
  readonly json: (whenEmpty?: unknown) => Promise<unknown>;
  /** The start of absolute URLs that lead back here, without a slash at its end. */
  readonly base: string;
}

/** Registers a function that answers requests of callers with a token. Whatever it throws becomes an error envelope. */
export function route(
  name: string,
  operation: Operation,
  answer: (call: Call) => Promise<HttpResponseInit>,
): void {
  const named = { name, ...operation };
  operations.push(named);
  app.http(name, {
    methods: methodsOf(named),
    authLevel: 'anonymous',
    route: routeOf(named),
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
  const apiVersion = apiVersionOf(request.query, operation);
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
    apiVersion,
    client: () => df.getClient(context),
    parameter,
    json: (whenEmpty) => readJson(request, whenEmpty),
    base: baseOf(request),
  };
}
