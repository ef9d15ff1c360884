import { app, type HttpHandler } from '@azure/functions';
import { errorAnswer } from './errorAnswer';
import { operations, type OpenOperation } from './operation';
import { methodsOf, routeOf } from './routes';

/** Registers a function that answers whoever asks, without a token. Whatever it throws becomes an error envelope. */
export function openRoute(name: string, operation: OpenOperation, answer: HttpHandler): void {
  const named = { name, ...operation };
  operations.push(named);
  app.http(name, {
    methods: methodsOf(named),
    authLevel: 'anonymous',
    route: routeOf(named),
    handler: async (request, context) => {
      try {
        return await answer(request, context);
      } catch (error) {
        return errorAnswer(error, context);
      }
    },
  });
}
