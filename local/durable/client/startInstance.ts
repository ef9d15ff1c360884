import { eventType, type HistoryEvent } from '../history/historyEvent';
import type { Effects } from '../engine/effects';
import { beginInstance, type NewInstance } from '../engine/newInstance';
import type { DurableStore } from '../store/durableStore';
import { isUnfinished, type RuntimeStatus } from '../store/instanceTable';

/**
 * Starts an instance: from here on it runs, whatever happens to the process. One that is over under the same id makes
 * way.
 *
 * @returns the status of the instance that is in the way; undefined when the start succeeded
 */
export function startInstance(
  store: DurableStore,
  effects: Effects,
  { id, execution, name, input }: Omit<NewInstance, 'parent' | 'generation'>,
  at: string,
): RuntimeStatus | undefined {
  const existing = store.instances.get(id);
  if (existing !== undefined && isUnfinished(existing.status)) return existing.status;
  const generation = existing === undefined ? 0 : generationOf(store, id) + 1;
  if (existing !== undefined) store.remove(id);
  beginInstance(store, effects, { id, execution, name, input, parent: null, generation }, at);
  return undefined;
}

/** How often the id was taken before. */
function generationOf(store: DurableStore, id: string): number {
  const [first = ''] = store.history.turns(id);
  const events = JSON.parse(`[${first}]`) as HistoryEvent[];
  const started = events.find((event) => event.EventType === eventType.executionStarted);
  return started?.Generation ?? 0;
}
