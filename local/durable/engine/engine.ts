import type { FunctionsApp } from '../../app/functionsApp';
import type { HostLog } from '../../hostLog';
import type { Invoker } from '../../invocation/invoker';
import type { DurableStore } from '../store/durableStore';
import { ActivityRunner, type ActivityLimits } from './activityRunner';
import { DueTimers } from './dueTimers';
import type { Effects } from './effects';
import { TurnRunner } from './turnRunner';

/** What an engine is made of. */
interface EngineParts {
  readonly store: DurableStore;
  readonly app: FunctionsApp;
  readonly invoker: Invoker;
  readonly limits: ActivityLimits;
  readonly log: HostLog;
  /** The id of a new execution. */
  newExecution(): string;
  /** Called when a step of work is over. */
  onProgress(): void;
  /** Called when the store fails: the engine has stopped then. */
  onFailure(error: unknown): void;
}

/**
 * Runs orchestrations from what the store holds. Nothing is polled: a step that leads to another one says so, and
 * what was under way when a process ended is found in the store by the next one.
 */
export class Engine {
  private readonly turns: TurnRunner;
  private readonly activities: ActivityRunner;
  private readonly timers: DueTimers;
  /** Instances that wait for a turn, in order. */
  private readonly ready = new Set<string>();
  /** Instances that have a turn now; true when another one is to follow. */
  private readonly busy = new Map<string, boolean>();
  private pumping = false;
  private stopped = false;

  constructor(private readonly parts: EngineParts) {
    const { store, app, invoker, limits, log } = parts;
    const fail = (error: unknown): void => this.fail(error);
    this.turns = new TurnRunner(store, app, invoker, () => parts.newExecution());
    this.activities = new ActivityRunner(
      store,
      app,
      invoker,
      limits,
      log,
      (id) => this.activityEnded(id),
      fail,
    );
    this.timers = new DueTimers(store, (instances) => this.wake(instances), fail);
  }

  /** Goes on where the process before has ended. */
  start(): void {
    const { store } = this.parts;
    this.wake(store.inbox.instances());
    this.activities.add(store.activities.queue());
    this.timers.arm();
  }

  /** Begins nothing more. What is under way is not written down: it is done again after the next start. */
  stop(): void {
    this.stopped = true;
    this.activities.stop();
    this.timers.stop();
  }

  /** Follows up a transaction that has been committed. */
  apply(effects: Effects): void {
    if (effects.activities.length > 0) this.activities.add(effects.activities);
    if (effects.timers) this.timers.arm();
    this.wake(effects.ready);
  }

  /** True when nothing runs and nothing waits to be run. */
  get isIdle(): boolean {
    return this.ready.size === 0 && this.busy.size === 0 && this.activities.isIdle;
  }

  private wake(instances: readonly string[]): void {
    for (const instance of instances) {
      if (this.busy.has(instance)) this.busy.set(instance, true);
      else this.ready.add(instance);
    }
    if (this.pumping || this.stopped || this.ready.size === 0) return;
    this.pumping = true;
    setImmediate(() => this.pump());
  }

  /** Begins one turn, then lets requests and answers have their time before the next. */
  private pump(): void {
    this.pumping = false;
    const [next] = this.ready;
    if (next === undefined || this.stopped) return;
    this.ready.delete(next);
    this.busy.set(next, false);
    this.turn(next).catch((error: unknown) => this.fail(error));
    this.wake([]);
  }

  private async turn(instance: string): Promise<void> {
    const effects = await this.turns.run(instance, () => this.stopped);
    const again = this.busy.get(instance) === true;
    this.busy.delete(instance);
    if (this.stopped) return;
    if (again) effects.ready.push(instance);
    this.apply(effects);
    this.parts.onProgress();
  }

  private activityEnded(instance: string | undefined): void {
    if (this.stopped) return;
    if (instance !== undefined) this.wake([instance]);
    this.parts.onProgress();
  }

  private fail(error: unknown): void {
    if (this.stopped) return;
    this.stop();
    this.parts.onFailure(error);
  }
}
