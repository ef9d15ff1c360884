import type { ParentInstance } from '../history/historyEvent';
import { executionStarted } from '../history/makeEvent';
import type { DurableStore } from '../store/durableStore';
import type { Effects } from './effects';

/** An instance that is to begin. `input` is JSON text. */
export interface NewInstance {
  readonly id: string;
  readonly execution: string;
  readonly name: string;
  readonly input: string | null;
  /** The orchestration that waits for it; null where a client starts it. */
  readonly parent: ParentInstance | null;
  /** How often a client used the id before; null for a child. */
  readonly generation: number | null;
}

/** Puts an instance into the store, with the event that starts it. One under the same id has to be removed before. */
export function beginInstance(
  store: DurableStore,
  effects: Effects,
  { id, execution, name, input, parent, generation }: NewInstance,
  at: string,
): void {
  store.instances.insert({
    id,
    execution,
    name,
    status: 'Pending',
    input,
    output: null,
    customStatus: null,
    created: at,
    updated: at,
    parent,
  });
  const instance = { InstanceId: id, ExecutionId: execution };
  store.inbox.put(id, execution, executionStarted({ name, instance, parent, input, generation }, at));
  effects.ready.push(id);
}
