/** The kinds of events in the history of an orchestration, by the numbers of the Durable extension. */
export const eventType = {
  executionStarted: 0,
  executionCompleted: 1,
  executionTerminated: 3,
  taskScheduled: 4,
  taskCompleted: 5,
  taskFailed: 6,
  subOrchestrationCreated: 7,
  subOrchestrationCompleted: 8,
  subOrchestrationFailed: 9,
  timerCreated: 10,
  timerFired: 11,
  orchestratorStarted: 12,
  orchestratorCompleted: 13,
  eventRaised: 15,
  generic: 17,
  executionSuspended: 19,
  executionResumed: 20,
} as const;

interface EventBase {
  /** Number of the task that the event schedules; -1 for events that schedule nothing. */
  readonly EventId: number;
  /** True once an orchestrator has seen the event; only ever true of events that arrive from outside. */
  readonly IsPlayed: boolean;
  readonly Timestamp: string;
}

/** One execution of an instance: continuing as new begins another one. */
export interface OrchestrationInstance {
  readonly InstanceId: string;
  readonly ExecutionId: string;
}

/** Who waits for the end of a sub-orchestration. */
export interface ParentInstance {
  readonly Name: string;
  readonly OrchestrationInstance: OrchestrationInstance;
  readonly TaskScheduleId: number;
  readonly Version: null;
}

export interface ExecutionStarted extends EventBase {
  readonly EventType: typeof eventType.executionStarted;
  readonly OrchestrationInstance: OrchestrationInstance;
  readonly ParentInstance: ParentInstance | null;
  readonly Name: string;
  readonly Version: null;
  /** JSON text; null when there is no input. */
  readonly Input: string | null;
  readonly Tags: null;
  readonly Correlation: null;
  readonly ParentTraceContext: null;
  readonly ScheduledStartTime: null;
  readonly Generation: number | null;
  readonly GenerateNewTrace: boolean;
}

export interface ExecutionCompleted extends EventBase {
  readonly EventType: typeof eventType.executionCompleted;
  readonly OrchestrationStatus: 'Completed' | 'Failed' | 'Terminated';
  readonly Result: string | null;
  readonly FailureDetails: null;
}

export interface ExecutionTerminated extends EventBase {
  readonly EventType: typeof eventType.executionTerminated;
  readonly Input: string;
}

export interface TaskScheduled extends EventBase {
  readonly EventType: typeof eventType.taskScheduled;
  readonly Name: string;
  readonly Version: '';
  readonly Input: null;
  readonly ParentTraceContext: null;
  readonly Tags: null;
}

/** An activity, or a sub-orchestration, that ended well. */
export interface ChildCompleted extends EventBase {
  readonly EventType: typeof eventType.taskCompleted | typeof eventType.subOrchestrationCompleted;
  readonly TaskScheduledId: number;
  readonly Result: string | null;
}

/** An activity, or a sub-orchestration, that failed. */
export interface ChildFailed extends EventBase {
  readonly EventType: typeof eventType.taskFailed | typeof eventType.subOrchestrationFailed;
  readonly TaskScheduledId: number;
  readonly Reason: string;
  readonly Details: string;
  readonly FailureDetails: null;
}

interface SubOrchestrationCreated extends EventBase {
  readonly EventType: typeof eventType.subOrchestrationCreated;
  readonly Name: string;
  readonly Version: null;
  readonly InstanceId: string;
  readonly Input: null;
  readonly ClientSpanId: null;
  readonly Tags: null;
}

export interface TimerCreated extends EventBase {
  readonly EventType: typeof eventType.timerCreated;
  readonly FireAt: string;
}

export interface TimerFired extends EventBase {
  readonly EventType: typeof eventType.timerFired;
  readonly TimerId: number;
  readonly FireAt: string;
}

/** The border of a turn: it begins with a started event and ends with a completed one. */
export interface TurnBorder extends EventBase {
  readonly EventType: typeof eventType.orchestratorStarted | typeof eventType.orchestratorCompleted;
}

export interface EventRaised extends EventBase {
  readonly EventType: typeof eventType.eventRaised;
  readonly Name: string;
  readonly Input: string;
  readonly ParentTraceContext: null;
}

/** What a rewind leaves in the place of an event that counts no more, or says why it was asked for. */
export interface GenericEvent extends EventBase {
  readonly EventType: typeof eventType.generic;
  readonly Data: string | null;
}

export interface SuspensionChanged extends EventBase {
  readonly EventType: typeof eventType.executionSuspended | typeof eventType.executionResumed;
  readonly Reason: string;
}

export type HistoryEvent =
  | ExecutionStarted
  | ExecutionCompleted
  | ExecutionTerminated
  | TaskScheduled
  | ChildCompleted
  | ChildFailed
  | SubOrchestrationCreated
  | TimerCreated
  | TimerFired
  | TurnBorder
  | EventRaised
  | GenericEvent
  | SuspensionChanged;
