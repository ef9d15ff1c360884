import { isFailure } from '../../../shared/errors/batchpointError';
import { eventType, type EventRaised, type HistoryEvent } from '../history/historyEvent';
import type { OrchestratorAnswer } from '../protocol/orchestratorAnswer';
import { departure, type Decision } from './decision';
import { Scheduler } from './scheduler';

/** How an execution ends. */
export type Ending =
  | { readonly kind: 'completed'; readonly output: string | null }
  | { readonly kind: 'failed'; readonly error: string; readonly nonDeterministic: boolean }
  | { readonly kind: 'terminated'; readonly reason: string }
  | {
      readonly kind: 'continuedAsNew';
      readonly input: string | null;
      readonly events: readonly EventRaised[];
    };

/** What a turn leads to. */
export interface ReplayOutcome {
  /** What is to be scheduled and is not in the history yet, by number. */
  readonly decisions: readonly Decision[];
  /** Numbers of the timers that the orchestrator has cancelled. */
  readonly cancelledTimers: ReadonlySet<number>;
  /** The number after the last one that was given. */
  readonly nextId: number;
  /** Why the instance is suspended; undefined when it is not. */
  readonly suspended: string | undefined;
  /** Undefined when the execution goes on. */
  readonly ending: Ending | undefined;
}

/**
 * Goes through a history and what the orchestrator asks for side by side, as the Durable extension does: the
 * actions are taken one after the other, each when the one before has settled (every child of an `all`, failed
 * or not; the first of an `any`), and numbered in this order. An execution ends only when nothing that it
 * scheduled is open any more. The whole history is gone through at each turn, so that a restart changes nothing.
 */
export function replay(
  history: readonly HistoryEvent[],
  answer: OrchestratorAnswer,
  executionId: string,
): ReplayOutcome {
  const scheduler = new Scheduler(answer.actions, executionId);
  const state = new ReplayState(scheduler);
  for (const event of history) state.take(event);
  const ending = endingOf(scheduler, state, answer);
  const decisions =
    state.stopped !== undefined || state.terminated !== undefined ? [] : [...scheduler.decisions.values()];
  const { cancelledTimers, nextId } = scheduler;
  return { decisions, cancelledTimers, nextId, suspended: state.suspended, ending };
}

/** Goes through the history event by event; what comes while an instance is suspended is held until it resumes. */
class ReplayState {
  suspended: string | undefined;
  terminated: string | undefined;
  /** Why the replay cannot go on. */
  stopped: { readonly error: string; readonly nonDeterministic: boolean } | undefined;
  private held: HistoryEvent[] = [];

  constructor(private readonly scheduler: Scheduler) {}

  take(event: HistoryEvent): void {
    if (event.EventType === eventType.executionTerminated) {
      this.terminated ??= event.Input;
    } else if (event.EventType === eventType.executionResumed) {
      this.suspended = undefined;
      for (const late of this.held.splice(0)) this.apply(late);
    } else if (this.suspended !== undefined) {
      if (event.EventType !== eventType.executionSuspended) this.held.push(event);
    } else if (event.EventType === eventType.executionSuspended) {
      this.suspended = event.Reason;
    } else {
      this.apply(event);
    }
  }

  private apply(event: HistoryEvent): void {
    if (this.stopped !== undefined) return;
    const error = departure(event, this.scheduler.decisions.get(event.EventId));
    if (error !== undefined) this.stopped = { error, nonDeterministic: true };
    else this.schedule(event);
  }

  private schedule(event: HistoryEvent): void {
    try {
      this.scheduler.apply(event);
    } catch (cause) {
      // An action that is not supported ends the execution at once, whatever else it has asked for.
      if (!isFailure(cause)) throw cause;
      this.stopped = { error: cause.message, nonDeterministic: false };
    }
  }
}

function endingOf(scheduler: Scheduler, state: ReplayState, answer: OrchestratorAnswer): Ending | undefined {
  if (state.terminated !== undefined) return { kind: 'terminated', reason: state.terminated };
  if (state.stopped !== undefined) return { kind: 'failed', ...state.stopped };
  if (!scheduler.isThrough || scheduler.hasOpenTasks) return undefined;
  if (answer.error !== undefined) return { kind: 'failed', error: answer.error, nonDeterministic: false };
  if (!answer.isDone) return undefined;
  const next = scheduler.continuedAsNew;
  if (next === undefined) return { kind: 'completed', output: answer.output };
  return { kind: 'continuedAsNew', input: next.input, events: scheduler.events.unprocessed };
}
