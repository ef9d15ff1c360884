import { createHash } from 'node:crypto';
import type { Stored } from '../registry/namedResources';
import type { Trigger } from './trigger';

/** Triggers that have something to do, by their keys. */
export const workPartition = 'trigger-work';

/**
 * The key of a trigger: 32 hex digits from its name and the time at which it was made, so that one that is deleted and
 * made anew has nothing of the one before.
 */
export function triggerKey({ name, value }: Pick<Stored<Trigger>, 'name' | 'value'>): string {
  return digestOf([name.toLowerCase(), value.createdAt]).slice(0, 32);
}

/** The partition of the rows of a trigger: what waits, what became of each file, and how the trigger is. */
export function triggerPartition(key: string): string {
  return `trigger:${key}`;
}

/** The start of the names of the blobs of a trigger. */
export function triggerPrefix(key: string): string {
  return `triggers/${key}/`;
}

/** The name of the job of a trigger for what it is for: whoever wants it again finds it. */
export function triggerJobName(trigger: Stored<Trigger>, reason: readonly (string | number)[]): string {
  return `${trigger.name}-${digestOf([triggerKey(trigger), ...reason]).slice(0, 20)}`;
}

/** A hash of texts, in hex, that no other texts have. */
export function digestOf(parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
