import { failure } from '../../shared/errors/batchpointError';
import type { AppFunction } from '../app/functionsApp';
import { compileRoute, type Route } from './routeTemplate';

/** The function that answers a request, and the values in its path. */
export interface RouteMatch {
  readonly fn: AppFunction;
  readonly params: Readonly<Record<string, string>>;
}

interface Entry {
  readonly fn: AppFunction;
  readonly route: Route;
  readonly methods: readonly string[] | undefined;
}

/** The routes of an app's HTTP functions. */
export class RouteTable {
  private readonly entries: readonly Entry[];

  /**
   * @param prefix what stands before every route, without slashes
   * @throws RouteInvalid
   */
  constructor(functions: readonly AppFunction[], prefix: string) {
    // Where two routes fit one path, the real host takes that of the function whose name comes first.
    const byName = [...functions].sort((one, other) =>
      compare(one.name.toUpperCase(), other.name.toUpperCase()),
    );
    this.entries = byName.map((fn) => ({ fn, route: routeOf(fn, prefix), methods: methodsOf(fn) }));
  }

  /** A path with another method than its function has is unknown, as on the real host. `path` is decoded. */
  match(method: string, path: string): RouteMatch | undefined {
    for (const { fn, route, methods } of this.entries) {
      if (methods !== undefined && !methods.includes(method)) continue;
      const params = route.match(path);
      if (params !== undefined) return { fn, params };
    }
    return undefined;
  }
}

function routeOf(fn: AppFunction, prefix: string): Route {
  const { route } = fn.trigger;
  const template = typeof route === 'string' && route !== '' ? route : fn.name;
  try {
    return compileRoute(`${prefix}/${template}`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw failure('RouteInvalid', { route: template, name: fn.name, reason });
  }
}

function methodsOf(fn: AppFunction): string[] | undefined {
  const { methods } = fn.trigger;
  return Array.isArray(methods) ? methods.map((method) => String(method).toUpperCase()) : undefined;
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
