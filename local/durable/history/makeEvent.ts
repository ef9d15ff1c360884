import {
  eventType,
  type ChildCompleted,
  type ChildFailed,
  type EventRaised,
  type ExecutionCompleted,
  type ExecutionStarted,
  type ExecutionTerminated,
  type GenericEvent,
  type OrchestrationInstance,
  type ParentInstance,
  type SuspensionChanged,
  type TimerFired,
  type TurnBorder,
} from './historyEvent';

/** What an event carries when it schedules nothing and no orchestrator has seen it yet. */
const arrived = (at: string) => ({ EventId: -1, IsPlayed: false, Timestamp: at });

export const turnStarted = (at: string): TurnBorder => ({
  EventType: eventType.orchestratorStarted,
  ...arrived(at),
});

export const turnCompleted = (at: string): TurnBorder => ({
  EventType: eventType.orchestratorCompleted,
  ...arrived(at),
});

/** The start of an execution. `generation` is 0 for those that a client started, else null. */
export function executionStarted(
  start: {
    readonly name: string;
    readonly instance: OrchestrationInstance;
    readonly parent: ParentInstance | null;
    readonly input: string | null;
    readonly generation: number | null;
  },
  at: string,
): ExecutionStarted {
  return {
    OrchestrationInstance: start.instance,
    EventType: eventType.executionStarted,
    ParentInstance: start.parent,
    Name: start.name,
    Version: null,
    Input: start.input,
    Tags: null,
    Correlation: null,
    ParentTraceContext: null,
    ScheduledStartTime: null,
    Generation: start.generation,
    GenerateNewTrace: false,
    ...arrived(at),
  };
}

export const executionCompleted = (
  id: number,
  status: ExecutionCompleted['OrchestrationStatus'],
  result: string | null,
  at: string,
): ExecutionCompleted => ({
  EventType: eventType.executionCompleted,
  OrchestrationStatus: status,
  Result: result,
  FailureDetails: null,
  ...arrived(at),
  EventId: id,
});

export const executionTerminated = (reason: string, at: string): ExecutionTerminated => ({
  EventType: eventType.executionTerminated,
  Input: reason,
  ...arrived(at),
});

export const childCompleted = (
  kind: ChildCompleted['EventType'],
  taskId: number,
  result: string | null,
  at: string,
): ChildCompleted => ({ EventType: kind, TaskScheduledId: taskId, Result: result, ...arrived(at) });

export const childFailed = (
  kind: ChildFailed['EventType'],
  taskId: number,
  failed: { readonly reason: string; readonly details: string },
  at: string,
): ChildFailed => ({
  EventType: kind,
  TaskScheduledId: taskId,
  Reason: failed.reason,
  Details: failed.details,
  FailureDetails: null,
  ...arrived(at),
});

export const timerFired = (timerId: number, fireAt: string, at: string): TimerFired => ({
  EventType: eventType.timerFired,
  TimerId: timerId,
  FireAt: fireAt,
  ...arrived(at),
});

export const eventRaised = (name: string, input: string, at: string): EventRaised => ({
  EventType: eventType.eventRaised,
  Name: name,
  Input: input,
  ParentTraceContext: null,
  ...arrived(at),
});

export const genericEvent = (data: string | null, at: string): GenericEvent => ({
  EventType: eventType.generic,
  Data: data,
  ...arrived(at),
});

export const suspensionChanged = (
  kind: SuspensionChanged['EventType'],
  reason: string,
  at: string,
): SuspensionChanged => ({ EventType: kind, Reason: reason, ...arrived(at) });
