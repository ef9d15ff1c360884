import { eventType, type HistoryEvent } from '../history/historyEvent';

/** Something that a turn schedules. `id` numbers what an execution schedules, from 0, in order. */
export type Decision =
  | { readonly kind: 'activity'; readonly id: number; readonly name: string; readonly input: unknown }
  | {
      readonly kind: 'subOrchestration';
      readonly id: number;
      readonly name: string;
      readonly instanceId: string;
      readonly input: unknown;
    }
  | { readonly kind: 'timer'; readonly id: number; readonly fireAt: string };

/** The event that records a decision in the history. */
export function decisionEvent(decision: Decision, at: string): HistoryEvent {
  const common = { EventId: decision.id, IsPlayed: false, Timestamp: at };
  switch (decision.kind) {
    case 'activity':
      return {
        EventType: eventType.taskScheduled,
        Name: decision.name,
        Version: '',
        Input: null,
        ParentTraceContext: null,
        Tags: null,
        ...common,
      };
    case 'subOrchestration':
      return {
        EventType: eventType.subOrchestrationCreated,
        Name: decision.name,
        Version: null,
        InstanceId: decision.instanceId,
        Input: null,
        ClientSpanId: null,
        Tags: null,
        ...common,
      };
    case 'timer':
      return { EventType: eventType.timerCreated, FireAt: decision.fireAt, ...common };
  }
}

/**
 * Says in which way a replay departs from the history; undefined when it does not. `now` is what the replay
 * schedules under the number of the event.
 */
export function departure(event: HistoryEvent, now: Decision | undefined): string | undefined {
  const was = describeEvent(event);
  const is = now === undefined ? 'nothing' : describeDecision(now);
  if (was === undefined || was.sameAs === describeSame(now)) return undefined;
  return (
    'Non-Deterministic workflow detected: A previous execution of this orchestration scheduled ' +
    `${was.what} with sequence number ${event.EventId}${was.named}, but the current orchestration replay ` +
    `instead scheduled ${is} with this sequence number.  Was a change made to the orchestrator code after ` +
    'this instance had already started running?'
  );
}

function describeEvent(event: HistoryEvent): { what: string; named: string; sameAs: string } | undefined {
  if (event.EventType === eventType.taskScheduled) {
    return {
      what: 'an activity task',
      named: ` named '${event.Name}'`,
      sameAs: same('activity', event.Name),
    };
  }
  if (event.EventType === eventType.subOrchestrationCreated) {
    const sameAs = same('subOrchestration', event.Name);
    return { what: 'a sub-orchestration', named: ` named '${event.Name}'`, sameAs };
  }
  if (event.EventType !== eventType.timerCreated) return undefined;
  return { what: 'a timer', named: '', sameAs: same('timer', '') };
}

function describeDecision(decision: Decision): string {
  switch (decision.kind) {
    case 'activity':
      return `an activity task named '${decision.name}'`;
    case 'subOrchestration':
      return `a sub-orchestration named '${decision.name}'`;
    case 'timer':
      return 'a timer';
  }
}

function describeSame(decision: Decision | undefined): string | undefined {
  return decision && same(decision.kind, decision.kind === 'timer' ? '' : decision.name);
}

/** Function names are compared without regard to case. */
function same(kind: Decision['kind'], name: string): string {
  return `${kind} ${name.toLowerCase()}`;
}
