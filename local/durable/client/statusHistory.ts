import { eventType, type HistoryEvent } from '../history/historyEvent';

const names: Readonly<Record<number, string>> = {
  [eventType.executionStarted]: 'ExecutionStarted',
  [eventType.executionCompleted]: 'ExecutionCompleted',
  [eventType.executionTerminated]: 'ExecutionTerminated',
  [eventType.taskScheduled]: 'TaskScheduled',
  [eventType.taskCompleted]: 'TaskCompleted',
  [eventType.taskFailed]: 'TaskFailed',
  [eventType.subOrchestrationCreated]: 'SubOrchestrationInstanceCreated',
  [eventType.subOrchestrationCompleted]: 'SubOrchestrationInstanceCompleted',
  [eventType.subOrchestrationFailed]: 'SubOrchestrationInstanceFailed',
  [eventType.timerCreated]: 'TimerCreated',
  [eventType.timerFired]: 'TimerFired',
  [eventType.eventRaised]: 'EventRaised',
  [eventType.generic]: 'GenericEvent',
  [eventType.executionSuspended]: 'ExecutionSuspended',
  [eventType.executionResumed]: 'ExecutionResumed',
};

const hidden = new Set([
  'EventType',
  'EventId',
  'IsPlayed',
  'TaskScheduledId',
  'TimerId',
  'OrchestrationInstance',
  'ParentInstance',
  'Version',
  'Tags',
]);

/**
 * The history as a status shows it: the borders of turns are left out, and what was scheduled and is over is one
 * entry, its end, with the time at which it was scheduled.
 */
export function statusHistory(events: readonly HistoryEvent[], showOutput: boolean): object[] {
  const scheduled = new Map<number, HistoryEvent>();
  const over = new Set<HistoryEvent>();
  const shown = events.map((event) => {
    if (event.EventId >= 0 && isSchedule(event)) scheduled.set(event.EventId, event);
    const begin = scheduled.get(endOf(event) ?? -1);
    if (begin !== undefined) over.add(begin);
    return { event, begin };
  });
  return shown
    .filter(({ event }) => event.EventType in names && !over.has(event))
    .map(({ event, begin }) => entry(event, begin, showOutput));
}

function entry(event: HistoryEvent, begin: HistoryEvent | undefined, showOutput: boolean): object {
  const shown: Record<string, unknown> = { EventType: names[event.EventType] };
  for (const [key, value] of Object.entries(event)) {
    if (key === 'Result' && showOutput) shown[key] = readable(value);
    else if (key !== 'Result' && key !== 'Name' && !hidden.has(key)) shown[key] = value;
  }
  if (event.EventType === eventType.eventRaised) shown.Name = event.Name;
  else if ('Name' in event) shown.FunctionName = event.Name;
  if (begin === undefined) return shown;
  shown.ScheduledTime = begin.Timestamp.replace(/Z$/, '+00:00');
  return 'Name' in begin ? { ...shown, FunctionName: begin.Name, Input: null } : shown;
}

/** A result is JSON text; that of a failure is a sentence. */
function readable(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

function isSchedule(event: HistoryEvent): boolean {
  return (
    event.EventType === eventType.taskScheduled ||
    event.EventType === eventType.subOrchestrationCreated ||
    event.EventType === eventType.timerCreated
  );
}

function endOf(event: HistoryEvent): number | undefined {
  if ('TaskScheduledId' in event) return event.TaskScheduledId;
  return 'TimerId' in event ? event.TimerId : undefined;
}
