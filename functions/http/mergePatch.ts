import { isFailure } from '../../shared/errors/batchpointError';
import type { NamedResources, Stored, WriteCondition } from '../../shared/registry/namedResources';

/** Changes a resource by what it is now, as long as the condition of the client holds. */
export function patched<T extends object, Answer>(
  resources: NamedResources<T>,
  name: string,
  condition: WriteCondition,
  write: (present: Stored<T>, condition: WriteCondition) => Promise<Answer>,
): Promise<Answer> {
  const read = async (): Promise<Stored<T>> => {
    const present = await resources.get(name);
    resources.check(name, present, condition);
    return present;
  };
  return readAndWritten(read, write);
}

/**
 * Reads something, lets `write` write it where nobody else did in between, and begins anew where somebody did. `read`
 * fails where the client wants no more of it.
 */
export async function readAndWritten<Present extends { readonly etag: string }, Answer>(
  read: () => Promise<Present>,
  write: (present: Present, condition: WriteCondition) => Promise<Answer>,
): Promise<Answer> {
  for (;;) {
    const present = await read();
    try {
      return await write(present, { etags: [present.etag] });
    } catch (error) {
      if (!isFailure(error, 'ResourceChanged')) throw error;
    }
  }
}

/** Applies a JSON merge patch (RFC 7396). */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const merged = new Map(Object.entries(isMapping(target) ? target : {}));
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key);
    else merged.set(key, mergePatch(merged.get(key), value));
  }
  return Object.fromEntries(merged);
}

/** Whether a part of a body is a mapping of keys to values. */
export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
