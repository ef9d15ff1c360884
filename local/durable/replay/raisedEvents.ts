import type { EventRaised } from '../history/historyEvent';
import { Wait } from './wait';

/**
 * External events and who waits for them, by name. Of several waits for one name the newest gets the next event,
 * as in the SDK: an older one was most likely abandoned in a `Task.any`.
 */
export class RaisedEvents {
  private readonly waits = new Map<string, Wait[]>();
  private early: EventRaised[] = [];

  /** Begins to wait; an event that came before is there at once. */
  wait(name: string): Wait {
    const at = this.early.findIndex((event) => event.Name === name);
    if (at >= 0) {
      this.early.splice(at, 1);
      return Wait.over();
    }
    const wait = new Wait();
    const waiting = this.waits.get(name);
    if (waiting === undefined) this.waits.set(name, [wait]);
    else waiting.push(wait);
    return wait;
  }

  raise(event: EventRaised): void {
    const wait = this.waits.get(event.Name)?.pop();
    if (wait === undefined) this.early.push(event);
    else wait.settle();
  }

  /** Keeps an event for the next execution. */
  keep(event: EventRaised): void {
    this.early.push(event);
  }

  /** The events that nobody has taken, in the order in which they came. */
  get unprocessed(): readonly EventRaised[] {
    return this.early;
  }
}
