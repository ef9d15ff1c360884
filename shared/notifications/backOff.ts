const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** Milliseconds after each failed try; after more tries than these, the last one. */
const pauses = [5 * second, 30 * second, 2 * minute, 10 * minute, 30 * minute, hour, 2 * hour, 4 * hour];

/** A receiver may ask for so long a pause, in milliseconds, and not for a longer one. */
const longestAsked = 4 * hour;

/** No pause is longer than so many milliseconds. */
export const longestPause = longestAsked * 1.1;

/** So many milliseconds after it was first due a notification is given up. */
export const triedFor = 24 * hour;

/**
 * Milliseconds until the next try, after so many; a tenth more or less by chance (`random` is from 0 to 1), so that
 * those who failed together do not come back together.
 */
export function pauseAfter(tries: number, random: number): number {
  const pause = pauses[Math.min(tries, pauses.length) - 1] ?? 5 * second;
  return Math.round(pause * (0.9 + 0.2 * random));
}

/**
 * Milliseconds for which a receiver wants to be left alone, by the header `Retry-After`: seconds, or a date. 0 where it
 * says nothing that can be read.
 */
export function askedPause(retryAfter: string | undefined, now: Date): number {
  if (retryAfter === undefined) return 0;
  const text = retryAfter.trim();
  const asked = /^\d+$/.test(text) ? Number(text) * second : Date.parse(text) - now.getTime();
  return Number.isNaN(asked) ? 0 : Math.min(Math.max(asked, 0), longestAsked);
}
