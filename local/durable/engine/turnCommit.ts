import { eventType, type HistoryEvent } from '../history/historyEvent';
import { executionCompleted, executionStarted, turnCompleted } from '../history/makeEvent';
import { decisionEvent } from '../replay/decision';
import type { Ending, ReplayOutcome } from '../replay/replay';
import type { DurableStore } from '../store/durableStore';
import type { Message } from '../store/inboxTable';
import type { Instance, RuntimeStatus } from '../store/instanceTable';
import { tellParent } from './childEnd';
import { schedule } from './schedule';
import type { Effects } from './effects';

/** A turn that has been thought through and is to be written down. */
interface FinishedTurn {
  readonly instance: Instance;
  readonly taken: readonly Message[];
  /** The events that the turn began with, as they stay in the history. */
  readonly arrived: readonly HistoryEvent[];
  readonly outcome: ReplayOutcome;
  readonly customStatus: string | undefined;
  /** The number of the turn in its execution, from 0. */
  readonly number: number;
}

/** Ids and time, given so that a test can choose them. */
export interface TurnContext {
  readonly store: DurableStore;
  readonly effects: Effects;
  readonly at: string;
  newExecution(): string;
}

/**
 * Writes down a turn and all that follows from it. It runs in one transaction.
 *
 * @returns what the turn adds to the history; undefined when the execution and its history are over
 */
export function commitTurn(turn: FinishedTurn, context: TurnContext): readonly HistoryEvent[] | undefined {
  const { store, at } = context;
  const { instance, outcome } = turn;
  const customStatus = turn.customStatus ?? instance.customStatus;
  store.inbox.remove(instance.id, turn.taken);
  if (outcome.ending !== undefined) {
    end(turn, { ...instance, customStatus, updated: at }, outcome.ending, context);
    return undefined;
  }
  const decided = outcome.decisions.map((decision) => decisionEvent(decision, at));
  // The first turn of a continued execution is over as it begins, unless it schedules something.
  const isOver = decided.length === 0 && turn.arrived.at(-1)?.EventType === eventType.orchestratorCompleted;
  const added = [...turn.arrived, ...decided, ...(isOver ? [] : [turnCompleted(at)])];
  store.history.append(instance.id, turn.number, eventsText(added));
  schedule(instance, outcome, context);
  const status: RuntimeStatus = outcome.suspended === undefined ? 'Running' : 'Suspended';
  const output = outcome.suspended === undefined ? null : JSON.stringify(outcome.suspended);
  store.instances.update({ ...instance, status, output, customStatus, updated: at });
  return added;
}

/** Events as a turn's row holds them. */
export function eventsText(events: readonly HistoryEvent[]): string {
  return JSON.stringify(events).slice(1, -1);
}

function end(turn: FinishedTurn, instance: Instance, ending: Ending, context: TurnContext): void {
  const { store, at } = context;
  if (ending.kind === 'continuedAsNew') {
    continueAsNew(instance, ending, context);
    return;
  }
  store.inbox.clear(instance.id);
  store.timers.clear(instance.id);
  // An execution that ends by itself waits for its activities first.
  if (ending.kind !== 'completed') store.activities.clear(instance.id);
  const { status, result, output } = resultOf(ending, instance.name);
  const completed = executionCompleted(turn.outcome.nextId, status, result, at);
  store.history.append(instance.id, turn.number, eventsText([...turn.arrived, completed, turnCompleted(at)]));
  store.instances.update({ ...instance, status, output });
  tellParent(instance, ending, result, context);
}

/** The history of an execution that has been continued is of no use to anyone: it goes, so that none grows for ever. */
function continueAsNew(
  instance: Instance,
  ending: Extract<Ending, { kind: 'continuedAsNew' }>,
  context: TurnContext,
): void {
  const { store, at } = context;
  const execution = context.newExecution();
  store.history.clear(instance.id);
  store.timers.clear(instance.id);
  store.instances.update({ ...instance, status: 'Running', output: null });
  store.instances.continueAsNew(instance.id, execution, ending.input);
  const started = executionStarted(
    {
      name: instance.name,
      instance: { InstanceId: instance.id, ExecutionId: execution },
      parent: instance.parent,
      input: ending.input,
      generation: null,
    },
    at,
  );
  store.inbox.put(instance.id, execution, { started, events: ending.events });
  context.effects.ready.push(instance.id);
}

function resultOf(
  ending: Exclude<Ending, { kind: 'continuedAsNew' }>,
  name: string,
): { status: 'Completed' | 'Failed' | 'Terminated'; result: string | null; output: string | null } {
  if (ending.kind === 'completed')
    return { status: 'Completed', result: ending.output, output: ending.output };
  if (ending.kind === 'terminated') {
    return { status: 'Terminated', result: ending.reason, output: JSON.stringify(ending.reason) };
  }
  const result = ending.nonDeterministic
    ? ending.error
    : `Orchestrator function '${name}' failed: ${ending.error}`;
  return { status: 'Failed', result, output: JSON.stringify(result) };
}
