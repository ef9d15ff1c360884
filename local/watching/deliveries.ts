import { printable } from '../../shared/errors/printable';
import type { AppFunction } from '../app/functionsApp';
import type { HostLog } from '../hostLog';
import type { InvocationResult } from '../invocation/invoker';
import { keyOf, type Sighting } from './sighting';

interface DeliveryParts {
  readonly functions: readonly AppFunction[];
  invoke(fn: AppFunction, seen: Sighting): Promise<InvocationResult>;
  /** Called when all functions have answered well. */
  onDelivered(seen: Sighting): void;
  /** Called when a file is to be looked at again, to be delivered again if it is still there. */
  onRetry(seen: Sighting): void;
  /** Called when something begins or ends. */
  onProgress(): void;
  readonly log: HostLog;
  /** Milliseconds before a delivery is tried again that has failed so many times. */
  retryDelay(tries: number): number;
}

/** A delivery that has failed: what is left of it, and when it is tried again. */
interface Failure {
  readonly etag: string;
  readonly tries: number;
  readonly left: readonly AppFunction[];
  /** Undefined while it is tried again. */
  readonly timer: NodeJS.Timeout | undefined;
}

/** Invocations at one time. */
const mostAtOnce = 16;
/** Failed deliveries that are remembered; those beyond are found again by the next look into the folder. */
const mostFailures = 10_000;

/** Calls the functions for each file that has landed, some at a time, and again when one of them fails. */
export class Deliveries {
  private readonly queue = new Map<string, Sighting>();
  private readonly running = new Map<string, string>();
  private readonly failures = new Map<string, Failure>();
  private stopped = false;
  private lastComplaint = -Infinity;
  private untold = 0;

  constructor(private readonly parts: DeliveryParts) {}

  /** How many are under way. */
  get size(): number {
    return this.queue.size + this.running.size;
  }

  /** True where this version of the file is under way, or has failed and is tried again later. */
  has(seen: Sighting): boolean {
    const key = keyOf(seen);
    const failed = this.failures.get(key);
    if (failed?.etag === seen.etag && failed.timer !== undefined) return true;
    return this.queue.get(key)?.etag === seen.etag || this.running.get(key) === seen.etag;
  }

  add(seen: Sighting): void {
    this.queue.set(keyOf(seen), seen);
    this.next();
  }

  /** Forgets a file that is gone. What is under way ends. */
  forget(seen: Pick<Sighting, 'place' | 'path'>): void {
    const key = keyOf(seen);
    clearTimeout(this.failures.get(key)?.timer);
    this.failures.delete(key);
  }

  /** Forgets the files of a place that is watched no longer. */
  leave(place: Sighting['place']): void {
    for (const [key, seen] of this.queue) if (seen.place === place) this.queue.delete(key);
    const start = keyOf({ place, path: '' });
    for (const [key, { timer }] of this.failures) {
      if (!key.startsWith(start)) continue;
      clearTimeout(timer);
      this.failures.delete(key);
    }
  }

  stop(): void {
    this.stopped = true;
    this.queue.clear();
    for (const { timer } of this.failures.values()) clearTimeout(timer);
  }

  private next(): void {
    for (const [key, seen] of this.queue) {
      if (this.running.size >= mostAtOnce || this.stopped) return;
      // Two versions of a file come one after the other.
      if (this.running.has(key)) continue;
      this.queue.delete(key);
      this.running.set(key, seen.etag);
      void this.deliver(key, seen);
    }
  }

  private async deliver(key: string, seen: Sighting): Promise<void> {
    this.parts.onProgress();
    const before = this.failures.get(key);
    const isAgain = before?.etag === seen.etag;
    const left: AppFunction[] = [];
    for (const fn of isAgain ? before.left : this.parts.functions) {
      const result = await this.parts.invoke(fn, seen);
      if (result.ok) continue;
      left.push(fn);
      this.complain(fn, seen, result.error);
    }
    this.running.delete(key);
    if (this.stopped) return;
    this.forget(seen);
    if (left.length === 0) this.parts.onDelivered(seen);
    else this.tryLater(key, seen, left, (isAgain ? before.tries : 0) + 1);
    this.next();
    this.parts.onProgress();
  }

  private tryLater(key: string, seen: Sighting, left: readonly AppFunction[], tries: number): void {
    const [oldest] = this.failures.keys();
    if (oldest !== undefined && this.failures.size >= mostFailures) {
      clearTimeout(this.failures.get(oldest)?.timer);
      this.failures.delete(oldest);
    }
    const failure = { etag: seen.etag, tries, left };
    const timer = setTimeout(() => {
      this.failures.set(key, { ...failure, timer: undefined });
      this.parts.onRetry(seen);
    }, this.parts.retryDelay(tries));
    this.failures.set(key, { ...failure, timer });
  }

  /** Where many fail at once, only some are told of. */
  private complain(fn: AppFunction, { path }: Sighting, error: Error): void {
    const now = performance.now();
    if (now - this.lastComplaint < 1000) {
      this.untold += 1;
      return;
    }
    const others = this.untold === 0 ? '' : ` ${this.untold} more have failed since.`;
    this.lastComplaint = now;
    this.untold = 0;
    const text = `The event of '${printable(path)}' comes again: ${error.stack ?? error.message}${others}`;
    this.parts.log.write('error', `Function.${fn.name}`, text);
  }
}
