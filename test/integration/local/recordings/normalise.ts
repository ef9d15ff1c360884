import { join } from 'node:path';

const projectRoot = join(__dirname, '../../../..');

const time = /20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)?/g;
const guid = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|\b[0-9a-f]{32}\b/g;
/** The frames of a stack of .NET, however deep in JSON they are escaped. */
const dotnetFrames = /(?:\\*n?\s{3}at (?:Microsoft|System|Newtonsoft)\.[^"\\]*)+/g;

/**
 * Makes values of two hosts comparable. Ids become numbers in the order in which they appear; times, ports, keys, the
 * stacks of .NET and the folder of the app are replaced. Nothing else is.
 */
export function normalise(value: unknown, appRoot = '/app'): unknown {
  const ids = new Map<string, string>();
  const text = JSON.stringify(value, sorted)
    .replaceAll(appRoot, '/app')
    .replaceAll(projectRoot, '/app')
    .replace(dotnetFrames, '')
    .replace(/\/runtime\/[\w-]{43}\/durabletask/g, '/durabletask')
    .replace(/code=(?:[\w-]{43}|\*{3})/g, 'code=REDACTED')
    .replace(/(?:127\.0\.0\.1|localhost):\d+/g, '<host>')
    .replace(time, '<time>')
    .replace(guid, (id) => {
      const known = ids.get(id) ?? `<id ${ids.size}>`;
      ids.set(id, known);
      return known;
    });
  return JSON.parse(text) as unknown;
}

/** The order of members says nothing, but it would decide which id comes first. */
function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
