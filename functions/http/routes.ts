import type { HttpMethod } from '@azure/functions';
import type { NamedOperation, Operation } from './operation';

const subscription = 'subscriptions/{subscription}';

const workspaces =
  `${subscription}/resourceGroups/{group}` + '/providers/Microsoft.MachineLearningServices/workspaces';

/** What the paths of operations for callers with a token begin with. */
const roots: Readonly<Record<NonNullable<Operation['below']>, string>> = {
  subscription,
  workspaces,
  workspace: `${workspaces}/{workspace}`,
};

/** The route of an operation from the root of the host. */
export function routeOf(operation: NamedOperation): string {
  if (!('audience' in operation)) return operation.path;
  const { service = '', below = 'workspace', path } = operation;
  return [service, roots[below], path].filter((part) => part !== '').join('/');
}

/** The methods that hosts are told of: what can be read can be asked for without its body. */
export function methodsOf({ methods }: NamedOperation): HttpMethod[] {
  return methods.includes('GET') ? [...methods, 'HEAD'] : methods;
}
