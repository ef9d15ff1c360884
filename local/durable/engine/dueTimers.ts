import { timerFired } from '../history/makeEvent';
import type { DurableStore } from '../store/durableStore';

/** The longest time that a timer of Node can wait. */
const longestWait = 2 ** 31 - 1;
const batch = 500;

/** Fires the timers of orchestrations when they are due. It wakes for the next one only. */
export class DueTimers {
  private alarm: NodeJS.Timeout | undefined;
  private alarmAt = Number.POSITIVE_INFINITY;
  private stopped = false;

  constructor(
    private readonly store: DurableStore,
    private readonly onFired: (instances: readonly string[]) => void,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  /** To be called when a timer may have come that is due before all others. */
  arm(): void {
    if (this.stopped) return;
    const due = this.store.timers.nextDue();
    if (due === undefined || due >= this.alarmAt) return;
    clearTimeout(this.alarm);
    this.alarmAt = due;
    const wait = Math.min(Math.max(due - this.store.clock.now(), 0), longestWait);
    this.alarm = setTimeout(() => this.wake(), wait);
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.alarm);
  }

  private wake(): void {
    this.alarmAt = Number.POSITIVE_INFINITY;
    try {
      const fired = this.fire();
      if (fired.length > 0) this.onFired(fired);
      this.arm();
    } catch (error) {
      this.onFailure(error);
    }
  }

  private fire(): string[] {
    return this.store.transaction(() => {
      const { clock } = this.store;
      const at = clock.text();
      const due = this.store.timers.due(Date.parse(at), batch);
      for (const { instance, execution, timer, fireAt } of due) {
        this.store.timers.remove(instance, timer);
        this.store.inbox.put(instance, execution, timerFired(timer, fireAt, at));
      }
      return due.map(({ instance }) => instance);
    });
  }
}
