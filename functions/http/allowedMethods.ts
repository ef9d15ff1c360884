import { operations } from './operation';
import { methodsOf, routeOf } from './routes';

/** The methods that a path of the API can be asked with; none where no operation has that path. */
export function allowedMethods(path: string): string[] {
  const fitting = operations.filter((operation) => patternOf(routeOf(operation)).test(path));
  const found = new Set<string>(fitting.flatMap(methodsOf));
  return found.size === 0 ? [] : [...found, 'OPTIONS'].sort();
}

function patternOf(route: string): RegExp {
  const source = route
    .split('/')
    .map((part) =>
      part.startsWith('{*') ? '.+' : part.startsWith('{') ? '[^/]+' : part.replaceAll('.', '\\.'),
    )
    .join('/');
  return new RegExp(`^/${source}/?$`, 'i');
}
