import { eventType, type HistoryEvent } from '../history/historyEvent';
import {
  actionType,
  type CallActivity,
  type CallSubOrchestrator,
  type CreateTimer,
  type OrchestratorAction,
  type RetryOptions,
} from '../protocol/orchestratorAction';
import type { Decision } from './decision';
import { RaisedEvents } from './raisedEvents';
import { requireSupportedRetry, retryDelay } from './retryDelay';
import { unsupportedAction } from './unsupportedAction';
import { Wait } from './wait';

/** Milliseconds. */
const day = 86_400_000;
/** Timers above six days come in pieces of three, by the protocol. */
const longestTimer = 6 * day;
const timerPiece = 3 * day;

/** Takes an orchestrator's actions in order, numbers what they schedule, and hears what became of it. */
export class Scheduler {
  /** What the actions schedule and the history does not hold yet. */
  readonly decisions = new Map<number, Decision>();
  readonly events = new RaisedEvents();
  readonly cancelledTimers = new Set<number>();
  continuedAsNew: { readonly input: string | null } | undefined;
  nextId = 0;
  private readonly open = new Map<number, Wait>();
  private position = 0;
  private now = '';

  constructor(
    private readonly actions: readonly OrchestratorAction[],
    private readonly executionId: string,
  ) {}

  /** True when every action has been taken and has settled. */
  get isThrough(): boolean {
    return this.position > this.actions.length;
  }

  /** A timer that was cancelled holds up nothing. */
  get hasOpenTasks(): boolean {
    for (const id of this.open.keys()) if (!this.cancelledTimers.has(id)) return true;
    return false;
  }

  apply(event: HistoryEvent): void {
    switch (event.EventType) {
      case eventType.orchestratorStarted:
        this.now = event.Timestamp;
        break;
      case eventType.executionStarted:
        this.advance();
        break;
      case eventType.taskScheduled:
      case eventType.subOrchestrationCreated:
      case eventType.timerCreated:
        this.decisions.delete(event.EventId);
        break;
      case eventType.taskCompleted:
      case eventType.subOrchestrationCompleted:
        this.settle(event.TaskScheduledId, false);
        break;
      case eventType.taskFailed:
      case eventType.subOrchestrationFailed:
        this.settle(event.TaskScheduledId, true);
        break;
      case eventType.timerFired:
        this.settle(event.TimerId, false);
        break;
      case eventType.eventRaised:
        if (this.continuedAsNew === undefined) this.events.raise(event);
        else this.events.keep(event);
        break;
      case eventType.executionCompleted:
      case eventType.executionTerminated:
      case eventType.orchestratorCompleted:
      case eventType.generic:
      case eventType.executionSuspended:
      case eventType.executionResumed:
        break;
    }
  }

  private settle(id: number, failed: boolean): void {
    const wait = this.open.get(id);
    this.open.delete(id);
    wait?.settle(failed);
  }

  private advance(): void {
    while (this.position <= this.actions.length) {
      const action = this.actions[this.position];
      this.position += 1;
      if (action === undefined) return;
      const wait = this.perform(action);
      if (!wait.settled) {
        wait.then(() => this.advance());
        return;
      }
    }
  }

  private perform(action: OrchestratorAction): Wait {
    switch (action.actionType) {
      case actionType.callActivity:
      case actionType.callActivityWithRetry:
        return this.retried(() => this.activity(action), action.retryOptions);
      case actionType.callSubOrchestrator:
      case actionType.callSubOrchestratorWithRetry:
        return this.retried(() => this.subOrchestration(action), action.retryOptions);
      case actionType.createTimer:
        return this.userTimer(action);
      case actionType.waitForExternalEvent:
        return this.events.wait(action.externalEventName);
      case actionType.continueAsNew:
        this.continuedAsNew = { input: continuedInput(action.input) };
        return Wait.over();
      case actionType.whenAll:
        return Wait.all(action.compoundActions.map((child) => this.perform(child)));
      case actionType.whenAny:
        return Wait.any(action.compoundActions.map((child) => this.perform(child)));
      case actionType.callEntity:
      case actionType.signalEntity:
      case actionType.lockEntities:
      case actionType.releaseEntities:
      case actionType.callHttp:
        throw unsupportedAction(action.actionType);
    }
  }

  private activity(action: CallActivity): Wait {
    const id = this.nextId++;
    return this.schedule({ kind: 'activity', id, name: action.functionName, input: action.input });
  }

  private subOrchestration(action: CallSubOrchestrator): Wait {
    const id = this.nextId++;
    const instanceId = action.instanceId ? action.instanceId : `${this.executionId}:${id}`;
    return this.schedule({
      kind: 'subOrchestration',
      id,
      name: action.functionName,
      instanceId,
      input: action.input,
    });
  }

  private timer(fireAt: string): Wait {
    return this.schedule({ kind: 'timer', id: this.nextId++, fireAt });
  }

  private schedule(decision: Decision): Wait {
    const wait = new Wait();
    this.decisions.set(decision.id, decision);
    this.open.set(decision.id, wait);
    return wait;
  }

  private userTimer(action: CreateTimer): Wait {
    const short = Date.parse(action.fireAt) - Date.parse(this.now) <= longestTimer;
    if (action.isCanceled) this.cancelledTimers.add(this.nextId);
    const wait = this.timer(short ? action.fireAt : this.later(timerPiece));
    if (short) return action.isCanceled ? Wait.over() : wait;
    const whole = new Wait();
    wait.then(() => this.userTimer(action).then(() => whole.settle()));
    return action.isCanceled ? Wait.over() : whole;
  }

  /**
   * A timer follows each failed attempt, also the last one: the SDK counts on it. That one is due at once.
   */
  private retried(attempt: () => Wait, options: RetryOptions | undefined): Wait {
    if (options === undefined) return attempt();
    requireSupportedRetry(options);
    const whole = new Wait();
    let attempts = 0;
    const next = (): void => {
      const wait = attempt();
      attempts += 1;
      wait.then(() => {
        if (!wait.failed) whole.settle();
        else if (attempts < options.maxNumberOfAttempts)
          this.timer(this.later(retryDelay(options, attempts))).then(next);
        else this.timer(this.now).then(() => whole.settle(true));
      });
    };
    next();
    return whole;
  }

  private later(milliseconds: number): string {
    return new Date(Date.parse(this.now) + milliseconds).toISOString();
  }
}

/** The SDK sends text as JSON already, everything else as it is. */
function continuedInput(input: unknown): string | null {
  if (input === undefined || input === null) return null;
  return typeof input === 'string' ? input : JSON.stringify(input);
}
