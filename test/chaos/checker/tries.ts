import type { Evidence } from './evidence';
import { triesBegun } from './failedFiles';
import type { Violation } from './violation';

/** I7: by the script's own notes. Each fault that repeats deliveries may bring the tries of one more of them. */
export function tooManyTries(evidence: Evidence): Violation[] {
  const most = evidence.limits.tries * (1 + evidence.repeats);
  return [...triesBegun(evidence)]
    .filter(([, times]) => times > most)
    .map(([first, times]) => ({
      invariant: 'I7',
      seen: `The mini-batch of ${first} was tried ${times} times, and at most ${most} are allowed.`,
    }));
}
