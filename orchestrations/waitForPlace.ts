import type { OrchestrationContext, Task } from 'durable-functions';
import { placeEvent } from '../shared/domain/functionNames';

/** Seconds of the longest wait. */
const longestWait = 30;

/**
 * Waits for a while, or until it is said that this is over: for a second at first, and twice as long each time. Whoever has
 * waited continues as new: an event that comes late must not meet the wait before it.
 */
export function* waitForPlace(context: OrchestrationContext, waits: number): Generator<Task, void, unknown> {
  const seconds = Math.min(longestWait, 2 ** waits);
  const until = new Date(context.df.currentUtcDateTime.getTime() + seconds * 1000);
  const woken = context.df.waitForExternalEvent(placeEvent);
  const timer = context.df.createTimer(until);
  yield context.df.Task.any([woken, timer]);
  // A timer that runs on would keep the orchestration from its end.
  if (!timer.isCompleted) timer.cancel();
}
