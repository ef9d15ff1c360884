import { failure } from '../../shared/errors/batchpointError';
import { isRemote, localPath } from './localPaths';

/** A value that the command line puts over what a file says. */
export interface Overlay {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
  /** The value as it was typed, where it may be meant as text. */
  readonly typed?: string;
  /** What to call it in messages, such as `--name`. */
  readonly origin: string;
}

/** The overlay of an option, or nothing where it is not given. */
export function optionOverlay(path: string, value: unknown, origin: string): Overlay[] {
  return value === undefined ? [] : [{ path: path.split('.'), value, origin }];
}

/** The overlay of `--allow-python-mismatch`, at the key that says it; without the option, the file says. */
export function mismatchOverlay(
  isAllowed: boolean,
  key: 'allow_python_mismatch' | 'settings.allow_python_mismatch' = 'settings.allow_python_mismatch',
): Overlay[] {
  return optionOverlay(key, isAllowed || undefined, '--allow-python-mismatch');
}

/** The overlay of an option with a path, which starts from the folder of the command and not from that of a file. */
export function pathOverlay(
  path: string,
  value: string | undefined,
  origin: string,
  currentFolder: string,
): Overlay[] {
  if (value === undefined || value === '' || isRemote(value)) return optionOverlay(path, value, origin);
  return optionOverlay(path, localPath(currentFolder, value), origin);
}

/** What the options of every kind of versioned asset put over its file. */
export function assetOverlays(values: {
  readonly set: readonly string[] | undefined;
  readonly name: string | undefined;
  readonly version: string | undefined;
  readonly description: string | undefined;
}): Overlay[] {
  return [
    ...setOverlays(values.set),
    ...optionOverlay('name', values.name, '--name'),
    ...optionOverlay('version', values.version, '--version'),
    ...optionOverlay('description', values.description, '--description'),
  ];
}

/** Reads what `--set` is given: `key=value`, keys with dots and `[0]`, values as JSON where they are. */
export function setOverlays(pairs: readonly string[] = [], option = '--set'): Overlay[] {
  return pairs.map((pair) => {
    const at = pair.indexOf('=');
    const key = pair.slice(0, at).trim();
    if (at < 0 || key === '') {
      throw failure('DefinitionInvalid', {
        fault: `${option} takes key=value, such as ${option} description=tests, but came '${pair}'`,
      });
    }
    const typed = pair.slice(at + 1);
    return { path: keyPath(key), value: typedValue(typed), typed, origin: `${option} ${key}` };
  });
}

/**
 * Reads an option of pairs that all go into one mapping, such as `--defaults deployment_name=d`; one that is JSON is the
 * mapping as a whole.
 */
export function assignmentOverlays(
  option: string,
  mapping: string,
  pairs: readonly string[] = [],
): Overlay[] {
  return pairs.flatMap((pair) => {
    if (pair.trimStart().startsWith('{')) return optionOverlay(mapping, typedValue(pair.trim()), option);
    return setOverlays([pair], option).map((one) => ({ ...one, path: [mapping, ...one.path] }));
  });
}

/** The overlays as they were typed, where `--force-string` says that all of them are text. */
export function asTyped(overlays: readonly Overlay[], isForced: boolean): Overlay[] {
  return overlays.map((one) => (isForced && one.typed !== undefined ? { ...one, value: one.typed } : one));
}

/** A copy of a value with the overlays on it. */
export function withOverlays(value: object, overlays: readonly Overlay[]): Record<string, unknown> {
  const copy = structuredClone(value) as Record<string, unknown>;
  for (const { path, value: put, origin } of overlays) putAt(copy, path, put, origin);
  return copy;
}

/** `deployments[0].compute.target` and `deployments.0.compute.target` are the same. */
export function keyPath(key: string): (string | number)[] {
  const parts = key.replace(/\[(\d+)\]/g, '.$1').split('.');
  return parts.map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

/** Numbers, `true`, `false` and JSON are what they look like; everything else is text. */
function typedValue(text: string): unknown {
  if (!/^(?:-?\d|true$|false$|[[{"])/.test(text)) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function putAt(
  target: Record<string, unknown>,
  path: readonly (string | number)[],
  value: unknown,
  origin: string,
): void {
  let inner: Record<string | number, unknown> = target;
  for (const part of path.slice(0, -1)) {
    const next = (Object.hasOwn(inner, part) ? inner[part] : undefined) ?? {};
    if (typeof next !== 'object') {
      const fault = `${origin}: '${part}' is not a mapping, so nothing can be put into it`;
      throw failure('DefinitionInvalid', { fault });
    }
    inner[part] = next;
    inner = next as Record<string | number, unknown>;
  }
  const last = path.at(-1);
  if (last !== undefined) inner[last] = value;
}
