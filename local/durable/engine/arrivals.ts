import { eventType, type HistoryEvent } from '../history/historyEvent';
import { turnCompleted, turnStarted } from '../history/makeEvent';
import { isContinuation, type Message } from '../store/inboxTable';

/** The messages that one turn takes, and the events that it begins with. */
export interface Arrivals {
  readonly taken: readonly Message[];
  /** Empty when none of the messages is for the execution that runs. */
  readonly events: readonly HistoryEvent[];
}

/** What the messages of an instance mean for its execution, in a turn that begins `at`. */
export function arrivals(messages: readonly Message[], execution: string, at: string): Arrivals {
  const [first] = messages;
  if (first !== undefined && isContinuation(first.content)) {
    const { started, events } = first.content;
    const carried = events.map((event) => ({ ...event, IsPlayed: true }));
    // The step that ended the execution before has begun this one, so its first turn is over when it is seen.
    return { taken: [first], events: [turnStarted(at), started, ...carried, turnCompleted(at)] };
  }
  const events: HistoryEvent[] = [];
  for (const { content, execution: meant } of messages) {
    // What an earlier execution has left behind must not be taken for an answer to this one.
    if (!isContinuation(content) && (meant === null || meant === execution)) events.push(content);
  }
  return { taken: messages, events: events.length === 0 ? [] : [turnStarted(at), ...events] };
}

/** An event as it stays in the history: an orchestrator has seen all but the borders that began its turns. */
export function asPlayed(event: HistoryEvent): HistoryEvent {
  return event.EventType === eventType.orchestratorStarted ? event : { ...event, IsPlayed: true };
}
