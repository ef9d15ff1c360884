/** The longest pause, in milliseconds. */
const longest = 1_000;

/** The first pause is at most this long, in milliseconds; each one after it at most twice as long as the one before. */
const first = 5;

/** Waits before a write is tried again that has met the write of somebody else for the `conflict`th time, from 1 on. */
export type ConflictPause = (conflict: number) => Promise<void>;

/** How long to wait: anything up to a limit that doubles, so that many who met do not meet again. */
export function pauseMilliseconds(conflict: number, random: () => number): number {
  return random() * Math.min(longest, first * 2 ** (conflict - 1));
}

/** Waits at random. */
export const conflictPause: ConflictPause = (conflict) =>
  new Promise((resolve) => setTimeout(resolve, pauseMilliseconds(conflict, Math.random)));
