import type { Notification } from './notification';
import { targetKey } from './target';

/** The notifications of a job: its own, of what started it, and of its deployment; of one target, the first of them. */
export function eachTargetOnce(
  ...givers: readonly (readonly Notification[] | undefined)[]
): readonly Notification[] {
  const byTarget = new Map<string, Notification>();
  for (const notification of givers.flatMap((given) => given ?? [])) {
    const key = targetKey(notification);
    if (!byTarget.has(key)) byTarget.set(key, notification);
  }
  return [...byTarget.values()];
}
