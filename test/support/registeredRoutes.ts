import { FunctionsApp } from '../../local/app/functionsApp';
import type * as builder from '../../functions/http/openApi/document';
import type * as operation from '../../functions/http/operation';
import { functionsCore } from '../../local/app/functionsCore';
import type { Document } from './description';

/** One method of one HTTP function of the product. */
export interface RegisteredRoute {
  readonly name: string;
  readonly method: string;
  /** With the values of its parameters filled in. */
  readonly path: string;
  /** What it declares of itself; absent for what needs no role. */
  readonly operation: operation.Operation | undefined;
  /** As it is registered. */
  readonly route: string;
}

const values: Readonly<Record<string, string>> = {
  subscription: 's',
  group: 'g',
  workspace: 'w',
  '*file': 'logs/job_result.txt',
  '*path': 'nothing/of/ours',
};

/** All that the product answers over HTTP, as its modules register it: what is new there is in here. */
export function registeredRoutes(): RegisteredRoute[] {
  return registeredApp().routes;
}

/** The same, with the description that is made of it. */
export function registeredApp(): { routes: RegisteredRoute[]; document: Document } {
  const app = new FunctionsApp();
  let operations: readonly operation.NamedOperation[] = [];
  let document: Document | undefined;
  jest.isolateModules(() => {
    const log = { write: () => undefined };
    jest.doMock('@azure/functions-core', () => functionsCore(app, log), { virtual: true });
    jest.requireActual('../../functions/index');
    ({ operations } = jest.requireActual<typeof operation>('../../functions/http/operation'));
    const { openApiDocument } = jest.requireActual<typeof builder>('../../functions/http/openApi/document');
    document = JSON.parse(JSON.stringify(openApiDocument(operations))) as Document;
  });
  if (document === undefined) throw new Error('The app was not loaded.');
  const routes = app.ofTrigger('httpTrigger').flatMap(({ name, trigger }) => {
    const route = String(trigger['route']);
    const path = route.replace(
      /\{(.*?)\}/g,
      (_whole, key: string) => values[key] ?? `no-${key.replace('*', '')}`,
    );
    return (trigger['methods'] as string[]).map((method) => ({
      name,
      method: method.toUpperCase(),
      path: `/${path}`,
      operation: operations.filter((one) => 'audience' in one).find((one) => one.name === name),
      route,
    }));
  });
  return { routes, document };
}
