import { isDeepStrictEqual } from 'node:util';
import { failure } from '../../shared/errors/batchpointError';
import { nearest } from '../../shared/schemas/nearest';
import { keyPath, setOverlays, withOverlays } from '../files/overlays';

/** What the options of a command change. */
export interface Changes {
  readonly set: readonly string[] | undefined;
  readonly add: readonly string[] | undefined;
  readonly remove: readonly string[] | undefined;
}

type Shown = Readonly<Record<string, unknown>>;

/**
 * What is shown of something, with the changes made. Only `keys` may change: another key that is there is refused by
 * `refuse`, one that is not is `DefinitionInvalid`, as is a value of another shape. Fails with `NothingToChange`.
 */
export function changed(
  shown: Shown,
  changes: Changes,
  { keys, refuse }: { readonly keys: readonly string[]; readonly refuse: (key: string) => Error },
): Shown {
  const { set = [], add = [], remove = [] } = changes;
  const overlays = [...setOverlays(set), ...addOverlays(add)].map((overlay) =>
    // Whatever people say of something is text, however it looks.
    typeof overlay.value === 'object' ? overlay : { ...overlay, value: overlay.typed },
  );
  if (overlays.length + remove.length === 0)
    throw failure('NothingToChange', { options: '--set, --add or --remove' });
  const after = withOverlays(withoutKeys(shown, remove), overlays);
  for (const key of new Set([...Object.keys(after), ...Object.keys(shown)])) {
    if (isDeepStrictEqual(after[key], shown[key])) continue;
    if (!keys.includes(key)) throw Object.hasOwn(shown, key) ? refuse(key) : unknown(key, keys);
    checkShape(key, after[key]);
  }
  return after;
}

/** The merge patch that makes one mapping from another. */
export function patchBetween(before: Shown, after: Shown): Record<string, unknown> {
  const patch = Object.entries(after).filter(([key, value]) => !isDeepStrictEqual(value, before[key]));
  const gone = Object.keys(before).filter((key) => after[key] === undefined);
  return Object.fromEntries([
    ...patch.map(([key, value]): [string, unknown] => {
      const present = before[key];
      return [key, isMapping(value) && isMapping(present) ? patchBetween(present, value) : value];
    }),
    ...gone.map((key): [string, unknown] => [key, null]),
  ]);
}

/** A copy of a mapping without what stands at some keys, which have to be there. Fails with `DefinitionInvalid`. */
export function withoutKeys(mapping: Shown, keys: readonly string[]): Record<string, unknown> {
  const copy = structuredClone(mapping) as Record<string, unknown>;
  for (const key of keys) takeAway(copy, key);
  return copy;
}

/** `tags a=1 b=2` puts two values into a mapping; a word without a value names the next mapping. */
export function addOverlays(words: readonly string[] = []): ReturnType<typeof setOverlays> {
  let mapping = '';
  return words.flatMap((word) => {
    if (!word.includes('=')) {
      mapping = word;
      return [];
    }
    if (mapping === '') {
      const fault = `--add takes a mapping and what goes into it, such as --add tags team=vision, but came '${word}'`;
      throw failure('DefinitionInvalid', { fault });
    }
    return setOverlays([`${mapping}.${word}`]);
  });
}

function takeAway(target: Record<string, unknown>, key: string): void {
  const path = keyPath(key);
  let inner: unknown = target;
  for (const part of path.slice(0, -1)) inner = isMapping(inner) ? inner[String(part)] : undefined;
  const last = String(path.at(-1));
  if (isMapping(inner) && Object.hasOwn(inner, last)) delete (inner as Record<string, unknown>)[last];
  else throw failure('DefinitionInvalid', { fault: `--remove ${key}: there is nothing by that key` });
}

const mappings: readonly string[] = ['tags', 'properties'];

function checkShape(key: string, value: unknown): void {
  const fits = mappings.includes(key)
    ? value === undefined ||
      (isMapping(value) && Object.values(value).every((one) => typeof one === 'string'))
    : value === undefined || typeof value === 'string';
  if (fits) return;
  const expected = mappings.includes(key) ? `a mapping of texts, as in ${key}.team=vision` : 'a text';
  throw failure('DefinitionInvalid', {
    fault: `${key}: expected ${expected}, but came ${JSON.stringify(value)}`,
  });
}

function unknown(key: string, keys: readonly string[]): Error {
  const near = nearest(key, keys);
  const advice = near === undefined ? `There are: ${keys.join(', ')}.` : `Did you mean '${near}'?`;
  return failure('DefinitionInvalid', { fault: `the key '${key}' is not known. ${advice}` });
}

function isMapping(value: unknown): value is Shown {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
