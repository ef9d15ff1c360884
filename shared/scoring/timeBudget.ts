/** Seconds at the end of an activity in which its outcome is staged and written. */
const reserveSeconds = 15;

/** The longest time that a timer can be set to, in milliseconds. */
const longestTimer = 2 ** 31 - 1;

/**
 * When an activity that began now has to be done with its work, in milliseconds of `performance.now()`. `limit` is the
 * seconds that the host gives it; without one there is no end.
 */
export function deadlineOf(limit: number | undefined): number {
  return limit === undefined ? Infinity : performance.now() + (limit - reserveSeconds) * 1000;
}

/**
 * A signal that is raised when it is too late to begin work of so many seconds; none where there is no deadline. A host
 * that ends a function for its time may end the whole process with it, so nothing may wait for longer.
 */
export function patienceFor(seconds: number, deadline: number): { readonly patience?: AbortSignal } {
  if (deadline === Infinity) return {};
  const left = Math.floor(deadline - performance.now() - seconds * 1000);
  return { patience: AbortSignal.timeout(Math.min(Math.max(0, left), longestTimer)) };
}
