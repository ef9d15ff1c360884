import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate as quiet } from 'node:timers/promises';
import { Random } from '../../chaos/seeds';
import { Trace } from './trace';

/** A process that can be killed: what waits in it then never goes on. */
export interface Process {
  readonly name: string;
  alive: boolean;
  /** It is stopped until this time, and goes on then as if nothing had been. */
  stoppedUntil: number;
}

/** Something that is to happen at a time, unless its process is dead by then or it was taken back. */
export interface Happening {
  at: number;
  readonly number: number;
  readonly label: string;
  readonly process: Process | undefined;
  readonly act: () => void;
  cancelled: boolean;
}

/** What came of a simulation that was let run. */
export type Halt = 'done' | 'idle' | 'too many steps';

/**
 * Lets one thing happen after the other, each once everything that the one before it has set off has come to rest: all
 * that waits, waits here. So a run follows from its seed alone. Time is virtual, and goes on from happening to happening.
 */
export class Scheduler {
  /** Virtual milliseconds since the start. */
  time = 0;
  steps = 0;
  readonly random: Random;
  readonly trace: Trace;
  private readonly queue: Happening[] = [];
  private numbers = 0;
  private readonly processes = new AsyncLocalStorage<Process>();

  constructor(seed: number, keepsTrace = false) {
    this.random = new Random(seed);
    this.trace = new Trace(keepsTrace);
  }

  /** The process whose code runs now; `undefined` for what is outside of all. */
  get process(): Process | undefined {
    return this.processes.getStore();
  }

  /** Runs code as that of a process. */
  within<T>(process: Process, code: () => T): T {
    return this.processes.run(process, code);
  }

  /** Lets something happen after so many milliseconds, to the process whose code runs now unless another is named. */
  after(milliseconds: number, label: string, act: () => void, process = this.process): Happening {
    return this.add(milliseconds, label, act, process);
  }

  /** Lets something happen outside of all processes. */
  outside(milliseconds: number, label: string, act: () => void): Happening {
    return this.add(milliseconds, label, act, undefined);
  }

  private add(milliseconds: number, label: string, act: () => void, process: Process | undefined): Happening {
    const at = this.time + Math.max(0, milliseconds);
    const happening = { at, number: this.numbers++, label, process, act, cancelled: false };
    push(this.queue, happening);
    return happening;
  }

  /** Waits for so many milliseconds. */
  pause(milliseconds: number, label: string, process = this.process): Promise<void> {
    return new Promise((resolve) => void this.after(milliseconds, label, resolve, process));
  }

  /** Lets things happen until `isDone`, until nothing is left, or until there were so many steps. */
  async run(isDone: () => boolean, mostSteps: number): Promise<Halt> {
    for (;;) {
      await quiet();
      if (isDone()) return 'done';
      const next = this.take();
      if (next === undefined) return 'idle';
      if (++this.steps > mostSteps) return 'too many steps';
      this.time = Math.max(this.time, next.at);
      this.trace.add(this.time, next.process?.name ?? '-', next.label);
      if (next.process === undefined) next.act();
      else this.within(next.process, next.act);
    }
  }

  /** What waits to happen, in its order: for a dump. */
  get waiting(): readonly string[] {
    return [...this.queue]
      .filter(({ cancelled, process }) => !cancelled && process?.alive !== false)
      .sort((a, b) => a.at - b.at)
      .map(({ at, label, process }) => `${at.toFixed(1)} ${process?.name ?? '-'} ${label}`);
  }

  private take(): Happening | undefined {
    for (;;) {
      const next = pop(this.queue);
      if (next === undefined) return undefined;
      const { process } = next;
      if (next.cancelled || process?.alive === false) continue;
      if (process === undefined || process.stoppedUntil <= Math.max(this.time, next.at)) return next;
      next.at = process.stoppedUntil;
      push(this.queue, next);
    }
  }
}

function isBefore(a: Happening, b: Happening): boolean {
  return a.at < b.at || (a.at === b.at && a.number < b.number);
}

function push(heap: Happening[], item: Happening): void {
  let at = heap.push(item) - 1;
  while (at > 0) {
    const above = (at - 1) >> 1;
    const other = heap[above];
    if (other === undefined || !isBefore(item, other)) break;
    heap[at] = other;
    at = above;
  }
  heap[at] = item;
}

function pop(heap: Happening[]): Happening | undefined {
  const top = heap[0];
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return top;
  let at = 0;
  for (;;) {
    const left = 2 * at + 1;
    const [one, other] = [heap[left], heap[left + 1]];
    if (one === undefined) break;
    const isOther = other !== undefined && isBefore(other, one);
    const smaller = isOther ? other : one;
    if (!isBefore(smaller, last)) break;
    heap[at] = smaller;
    at = isOther ? left + 1 : left;
  }
  heap[at] = last;
  return top;
}
