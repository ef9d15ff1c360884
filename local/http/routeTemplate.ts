/** A route of ASP.NET: `jobs/{id}`, `files/{*path}`, `list/{page:int?}`. */
export interface Route {
  /** The values of the route's parameters; undefined when the path is not one of the route's. */
  match(path: string): Record<string, string> | undefined;
}

const constraints: Readonly<Record<string, string>> = {
  int: '-?\\d+',
  long: '-?\\d+',
  bool: 'true|false',
  alpha: '[a-z]+',
  guid: '[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}',
};

/**
 * Compiles a route template. Paths are compared without regard to case, and a slash at their end does not count.
 *
 * @throws Error with the reason when the template has something that is not supported
 */
export function compileRoute(template: string): Route {
  const names: string[] = [];
  const parts = template.split('/').filter((part) => part !== '');
  const source = parts.map((part, at) => segment(part, at === parts.length - 1, names)).join('');
  // Names of files may have any characters, the ends of lines among them.
  const pattern = new RegExp(`^${source}/?$`, 'is');
  return {
    match(path) {
      const found = pattern.exec(path);
      if (found === null) return undefined;
      const values: Record<string, string> = {};
      names.forEach((name, at) => {
        const value = found[at + 1];
        if (value !== undefined && value !== '') values[name] = value;
      });
      return values;
    },
  };
}

/**
 * The path of a request with its parts decoded. An escaped slash stays escaped, as in ASP.NET: it belongs to its part.
 *
 * @throws URIError when an escape is broken
 */
export function decodePath(path: string): string {
  return path
    .split('/')
    .map((part) => decodeURIComponent(part.replace(/%2f/gi, '%252F')))
    .join('/');
}

function segment(part: string, isLast: boolean, names: string[]): string {
  const rest = /^\{\*\*?(\w+)\}$/.exec(part);
  if (rest !== null) {
    if (!isLast) throw new Error(`'${part}' must be the last part`);
    names.push(rest[1] ?? '');
    return '(?:/(.*))?';
  }
  const optional = /^\{(\w+)(?::(\w+))?\?\}$/.exec(part);
  if (optional !== null) {
    if (!isLast) throw new Error(`'${part}' must be the last part`);
    names.push(optional[1] ?? '');
    return `(?:/(${valuePattern(optional[2])}))?`;
  }
  return `/${mixed(part, names)}`;
}

/** A part with text and parameters in it: `v{version}.{format}`. */
function mixed(part: string, names: string[]): string {
  let source = '';
  let position = 0;
  for (const match of part.matchAll(/\{(\w+)(?::(\w+))?\}/g)) {
    source += literal(part.slice(position, match.index));
    names.push(match[1] ?? '');
    source += `(${valuePattern(match[2])})`;
    position = match.index + match[0].length;
  }
  return source + literal(part.slice(position));
}

function literal(text: string): string {
  if (/[{}]/.test(text)) throw new Error(`'${text}' is not understood`);
  return text.replace(/[.*+?^$()|[\]\\]/g, '\\$&');
}

function valuePattern(constraint: string | undefined): string {
  if (constraint === undefined) return '[^/]+?';
  const pattern = constraints[constraint];
  if (pattern === undefined) throw new Error(`the constraint '${constraint}' is not supported`);
  return pattern;
}
