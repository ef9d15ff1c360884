import type { Effects } from '../engine/effects';
import { eventsText } from '../engine/turnCommit';
import { eventType, type HistoryEvent } from '../history/historyEvent';
import { genericEvent } from '../history/makeEvent';
import type { DurableStore } from '../store/durableStore';

/**
 * Lets a failed instance go on from where it failed: what failed counts no more in its history and is done again.
 * A failed sub-orchestration is rewound itself. Nothing happens to an instance that has not failed.
 */
export function rewind(store: DurableStore, effects: Effects, id: string, reason: string, at: string): void {
  const instance = store.instances.get(id);
  if (instance?.status !== 'Failed') return;
  const turns = store.history.turns(id).map((text) => JSON.parse(`[${text}]`) as HistoryEvent[]);
  const failed = new Set<number>();
  for (const event of turns.flat())
    if (event.EventType === eventType.taskFailed) failed.add(event.TaskScheduledId);
  store.history.clear(id);
  turns.forEach((events, turn) => {
    store.history.append(
      id,
      turn,
      eventsText(events.map((event) => (countsNoMore(event, failed) ? blank(event) : event))),
    );
  });
  store.instances.update({ ...instance, status: 'Running', output: null, updated: at });
  const children = failedChildren(turns.flat());
  for (const child of children) rewind(store, effects, child, reason, at);
  if (children.length > 0) return;
  store.inbox.put(id, instance.execution, genericEvent(reason, at));
  effects.ready.push(id);
}

function countsNoMore(event: HistoryEvent, failed: ReadonlySet<number>): boolean {
  if (event.EventType === eventType.taskScheduled) return failed.has(event.EventId);
  return (
    event.EventType === eventType.taskFailed ||
    event.EventType === eventType.subOrchestrationFailed ||
    event.EventType === eventType.executionCompleted
  );
}

function blank({ EventId, IsPlayed, Timestamp }: HistoryEvent): HistoryEvent {
  return { Data: null, EventType: eventType.generic, EventId, IsPlayed, Timestamp };
}

/** The ids of the sub-orchestrations that failed. */
function failedChildren(events: readonly HistoryEvent[]): string[] {
  const failed = new Set<number>();
  for (const event of events) {
    if (event.EventType === eventType.subOrchestrationFailed) failed.add(event.TaskScheduledId);
  }
  return events.flatMap((event) =>
    event.EventType === eventType.subOrchestrationCreated && failed.has(event.EventId)
      ? [event.InstanceId]
      : [],
  );
}
