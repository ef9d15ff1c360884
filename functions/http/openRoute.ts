import { app, type HttpHandler } from '@azure/functions';
import { errorAnswer } from './errorAnswer';
import { operations, type OpenOperation } from './operation';

/** Registers a function that answers whoever asks, without a token. Whatever it throws becomes an error envelope. */
export function openRoute(name: string, operation: OpenOperation, answer: HttpHandler): void {
  operations.push({ name, ...operation });
  app.http(name, {
    methods: operation.methods,
    authLevel: 'anonymous',
    route: operation.path,
    handler: async (request, context) => {
      try {
        return await answer(request, context);
      } catch (error) {
        return errorAnswer(error, context);
      }
    },
  });
}
