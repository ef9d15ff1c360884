import { randomUUID } from 'node:crypto';

import type { FunctionsApp } from '../../app/functionsApp';
import { formatTimeSpan } from '../../app/timeSpan';
import type { HostLog } from '../../hostLog';
import type { Invoker } from '../../invocation/invoker';
import { eventType, type ChildCompleted, type ChildFailed } from '../history/historyEvent';
import { childCompleted, childFailed } from '../history/makeEvent';
import { activityResult } from '../protocol/activityResult';
import { withinLimit } from '../../invocation/timeLimit';
import { activityTrigger } from '../protocol/activityTrigger';
import { activityMissing, activityThrew, activityTimedOut } from '../protocol/failureDetails';
import type { Activity, QueuedActivity } from '../store/activityTable';
import type { DurableStore } from '../store/durableStore';
import { FairQueue } from './fairQueue';

/** How many activities run at a time, and how many milliseconds each may take. */
export interface ActivityLimits {
  readonly concurrency: number;
  readonly timeout: number | undefined;
}

/** Runs activities, at least once each, and puts down how each ended, once. */
export class ActivityRunner {
  private readonly queue = new FairQueue<QueuedActivity>();
  private running = 0;
  private stopped = false;

  constructor(
    private readonly store: DurableStore,
    private readonly app: FunctionsApp,
    private readonly invoker: Invoker,
    private readonly limits: ActivityLimits,
    private readonly log: HostLog,
    private readonly onEnd: (instance: string | undefined) => void,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  add(activities: readonly QueuedActivity[]): void {
    for (const activity of activities) this.queue.push(activity.instance, activity);
    this.start();
  }

  /** Begins nothing more; what still runs is forgotten and runs again after the next start. */
  stop(): void {
    this.stopped = true;
  }

  get isIdle(): boolean {
    return this.running === 0 && this.queue.size === 0;
  }

  private start(): void {
    while (!this.stopped && this.running < this.limits.concurrency) {
      const next = this.queue.shift();
      if (next === undefined) return;
      this.running += 1;
      this.run(next.id).then(
        (instance) => this.ended(instance),
        (error: unknown) => this.onFailure(error),
      );
    }
  }

  private ended(instance: string | undefined): void {
    this.running -= 1;
    this.onEnd(instance);
    this.start();
  }

  /** @returns the instance that has something to see; undefined when nobody waits any more */
  private async run(id: number): Promise<string | undefined> {
    const activity = this.store.activities.get(id);
    if (activity === undefined) return undefined;
    const event = await this.outcome(activity);
    if (this.stopped) return undefined;
    return this.store.transaction(() => {
      if (!this.store.activities.remove(id)) return undefined;
      this.store.inbox.put(activity.instance, activity.execution, event);
      return activity.instance;
    });
  }

  private async outcome({ name, task, instance, input }: Activity): Promise<ChildCompleted | ChildFailed> {
    const fn = this.app.find(name, 'activityTrigger');
    if (fn === undefined) {
      const known = this.app.ofTrigger('activityTrigger').map((other) => other.name);
      this.log.write('error', 'Host', `Activity '${name}' of instance '${instance}' is not registered.`);
      return childFailed(eventType.taskFailed, task, activityMissing(name, known), this.store.clock.text());
    }
    const invocationId = randomUUID();
    const trigger = activityTrigger(fn.triggerName, instance, input);
    const result = await withinLimit(this.invoker.invoke(fn, trigger, invocationId), this.limits.timeout);
    if (result === undefined) {
      this.log.write('error', `Function.${fn.name}`, 'It exceeded the function timeout.');
      const limit = formatTimeSpan(this.limits.timeout ?? 0);
      return childFailed(
        eventType.taskFailed,
        task,
        activityTimedOut(fn.name, limit, invocationId),
        this.store.clock.text(),
      );
    }
    if (result.ok) {
      const returned = activityResult(result.response.returnValue);
      return childCompleted(eventType.taskCompleted, task, returned, this.store.clock.text());
    }
    this.log.write('error', `Function.${fn.name}`, result.error.stack ?? result.error.message);
    return childFailed(
      eventType.taskFailed,
      task,
      activityThrew(fn.name, result.error),
      this.store.clock.text(),
    );
  }
}
