import type { Notification } from './notification';
import { hiddenValue, shownTarget, targetKey, targetOf } from './target';

/** For a notification that is given, the one with its target that is there, or why that cannot be told. */
export type Kept = { readonly present?: Notification } | { readonly reason: string };

/**
 * Finds for each notification that is given the one that it is of those that are there: that of the same target, or else
 * one that is shown alike, as clients send back what they were shown. Several that are shown alike are told apart by
 * their order.
 */
export function keptTargets(
  given: readonly Notification[],
  present: readonly Notification[],
): readonly Kept[] {
  const same = given.map((one) => present.find((other) => targetKey(one) === targetKey(other)));
  const left = present.filter((one) => !same.includes(one));
  const isUnknown = (one: Notification, index: number): boolean => same[index] === undefined && isShown(one);
  return given.map((one, index) => {
    const found = same[index];
    if (found !== undefined) return { present: found };
    const alike = left.filter((other) => isAlike(one, other));
    if (!isShown(one)) return alike.length === 1 ? { present: alike[0] } : {};
    const asked = given.filter((other, i) => isUnknown(other, i) && isAlike(one, other));
    const kept = alike[asked.indexOf(one)];
    return kept !== undefined && asked.length === alike.length
      ? { present: kept }
      : { reason: `it has to be given with what is shown as ${hiddenValue} in its URL` };
  });
}

/** Whether a URL is as one is shown of which something is not. */
function isShown(notification: Notification): boolean {
  const target = targetOf(notification);
  return target.includes(hiddenValue) && target === shownTarget(notification);
}

function isAlike(one: Notification, other: Notification): boolean {
  return one.type === other.type && shownTarget(one) === shownTarget(other);
}
