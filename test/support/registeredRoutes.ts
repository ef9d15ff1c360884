import { FunctionsApp } from '../../local/app/functionsApp';
import { functionsCore } from '../../local/app/functionsCore';
import type * as operation from '../../functions/http/operation';

/** One method of one HTTP function of the product. */
export interface RegisteredRoute {
  readonly name: string;
  readonly method: string;
  /** With the values of its parameters filled in. */
  readonly path: string;
  /** What it declares of itself; absent for what needs no role. */
  readonly operation: operation.NamedOperation | undefined;
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
  const app = new FunctionsApp();
  let operations: readonly operation.NamedOperation[] = [];
  jest.isolateModules(() => {
    const log = { write: () => undefined };
    jest.doMock('@azure/functions-core', () => functionsCore(app, log), { virtual: true });
    jest.requireActual('../../functions/index');
    ({ operations } = jest.requireActual<typeof operation>('../../functions/http/operation'));
  });
  return app.ofTrigger('httpTrigger').flatMap(({ name, trigger }) => {
    const path = String(trigger['route']).replace(
      /\{(.*?)\}/g,
      (_whole, key: string) => values[key] ?? `no-${key.replace('*', '')}`,
    );
    return (trigger['methods'] as string[]).map((method) => ({
      name,
      method: method.toUpperCase(),
      path: `/${path}`,
      operation: operations.find((one) => one.name === name),
    }));
  });
}
