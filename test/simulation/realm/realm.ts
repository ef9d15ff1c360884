import crypto from 'node:crypto';
import fs from 'node:fs';
import promises from 'node:fs/promises';
import type { MemoryFiles } from './memoryFiles';
import { uuid } from './random';
import { descriptorCalls, isInMemory, memoryPromises, memoryStreams } from './memoryFileSystem';
import type { Process, Scheduler } from './scheduler';

/** The start of the virtual time. */
const epoch = Date.parse('2026-01-01T00:00:00Z');

/** What the code of this process gets from its surroundings while a simulation runs. */
export interface Realm {
  readonly scheduler: Scheduler;
  readonly files: MemoryFiles;
  /** Milliseconds that the clock of a process is wrong by. */
  readonly clockError: (process: Process | undefined) => number;
}

let current: Realm | undefined;
let installed = false;

/**
 * Runs code in a realm: what it takes from outside, by timers, clocks, random numbers, ids, and files below the root of
 * those in memory, comes from there. It is for a process that does nothing else: all code in it is affected.
 */
export async function inRealm<T>(realm: Realm, code: () => Promise<T>): Promise<T> {
  install();
  current = realm;
  try {
    return await code();
  } finally {
    current = undefined;
  }
}

/** The wall clock of a process. */
export function wallClock({ scheduler, clockError }: Realm, process = scheduler.process): Date {
  return new RealDate(epoch + scheduler.time + clockError(process));
}

const RealDate = Date;

function install(): void {
  if (installed) return;
  installed = true;
  installClocks();
  installTimers();
  installFiles();
}

function installClocks(): void {
  const now = (): number => (current === undefined ? RealDate.now() : wallClock(current).getTime());
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args: [], newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget) as Date,
    get: (target, name) => (name === 'now' ? now : (Reflect.get(target, name) as unknown)),
  });
  const sinceStart = performance.now.bind(performance);
  performance.now = () => current?.scheduler.time ?? sinceStart();
  const random = Math.random;
  Math.random = () => current?.scheduler.random.next() ?? random();
  const realUuid = crypto.randomUUID;
  crypto.randomUUID = (() =>
    current === undefined ? realUuid() : uuid(current.scheduler.random)) as typeof realUuid;
}

/** A timer as Node has them, for code that only starts and stops them. */
class VirtualTimer {
  private isOver = false;
  private cancel: () => void = () => undefined;

  constructor(
    private readonly scheduler: Scheduler,
    private readonly milliseconds: number,
    private readonly act: () => void,
    private readonly repeats: boolean,
  ) {
    this.start();
  }

  unref(): this {
    return this;
  }

  stop(): void {
    this.isOver = true;
    this.cancel();
  }

  private start(): void {
    const happening = this.scheduler.after(this.milliseconds, 'timer', () => {
      if (this.repeats) this.start();
      this.act();
    });
    this.cancel = () => (happening.cancelled = true);
    if (this.isOver) this.cancel();
  }
}

function installTimers(): void {
  const real = { setTimeout, setInterval, clearTimeout, clearInterval, timeout: AbortSignal.timeout };
  const timer =
    (repeats: boolean, otherwise: (...args: never[]) => unknown) =>
    (act: (...args: unknown[]) => void, milliseconds = 0, ...args: unknown[]): unknown =>
      current === undefined
        ? (otherwise as (...given: unknown[]) => unknown)(act, milliseconds, ...args)
        : new VirtualTimer(current.scheduler, milliseconds, () => act(...args), repeats);
  const clear = (timer: unknown): void =>
    timer instanceof VirtualTimer ? timer.stop() : real.clearTimeout(timer as NodeJS.Timeout);
  Object.assign(globalThis, {
    setTimeout: timer(false, real.setTimeout),
    setInterval: timer(true, real.setInterval),
    clearTimeout: clear,
    clearInterval: clear,
  });
  AbortSignal.timeout = (milliseconds) => {
    if (current === undefined) return real.timeout(milliseconds);
    const controller = new AbortController();
    setTimeout(() => controller.abort(new DOMException('time is up', 'TimeoutError')), milliseconds);
    return controller.signal;
  };
}

type Call = (...args: unknown[]) => unknown;

type Calls = Readonly<Record<string, (...args: never[]) => unknown>>;

function installFiles(): void {
  replace(promises as unknown as Calls, (realm) => memoryPromises(realm.files));
  replace(fs as unknown as Calls, ({ files }) => ({ ...memoryStreams(files), ...descriptorCalls(files) }));
}

/** Leads the calls about paths in memory there. */
function replace(module: Calls, inMemory: (realm: Realm) => Calls): void {
  const made = new WeakMap<Realm, Calls>();
  const callsOf = (realm: Realm): Calls => {
    const calls = made.get(realm) ?? inMemory(realm);
    made.set(realm, calls);
    return calls;
  };
  for (const [name, real] of Object.entries(module)) {
    if (typeof real !== 'function' || /^[A-Z_]/.test(name)) continue;
    const call = (...args: unknown[]): unknown => {
      if (current === undefined || !isInMemory(args[0])) return (real as Call).apply(module, args);
      const own = callsOf(current)[name] as Call | undefined;
      // The real file system would answer at a time of its own, and no run would be like another.
      if (own === undefined) throw new Error(`Files in memory have no ${name}().`);
      return own(...args);
    };
    Object.assign(module, { [name]: call });
  }
}
