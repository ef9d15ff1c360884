import {
  app,
  type HttpMethod,
  type HttpRequest,
  type HttpResponseInit,
  type InvocationContext,
} from '@azure/functions';
import { failure } from '../../shared/errors/batchpointError';
import { services } from '../services';
import { allowedMethods } from './allowedMethods';
import { errorAnswer } from './errorAnswer';

const methods: HttpMethod[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

/**
 * Answers requests below the API that no other function is for, so that a mistyped path gets an error envelope too, and
 * a path with another method the methods that it has.
 * Where several routes fit a path, hosts take that of the function whose name comes first: this one has to be last.
 */
app.http('unknownRoute', {
  methods,
  authLevel: 'anonymous',
  route: 'subscriptions/{*path}',
  handler: answer,
});

async function answer(request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> {
  try {
    const { tokens } = await services();
    await tokens.verify(request.headers.get('authorization'), 'management', 'data');
    const path = new URL(request.url).pathname;
    const allowed = allowedMethods(path).join(', ');
    if (allowed === '') throw failure('RouteNotFound', { method: request.method, path });
    const headers = { Allow: allowed };
    if (request.method === 'OPTIONS') return { status: 204, headers };
    const error = failure('MethodNotAllowed', { method: request.method, path, allowed });
    return { ...errorAnswer(error, context), headers };
  } catch (error) {
    return errorAnswer(error, context);
  }
}
