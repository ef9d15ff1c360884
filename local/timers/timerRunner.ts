import type { AppFunction } from '../app/functionsApp';
import type { HostLog } from '../hostLog';
import type { Invoker } from '../invocation/invoker';
import type { ScheduleTable } from './scheduleTable';
import { isMonitored, timerSchedule, type TimerSchedule } from './timerSchedule';
import { timerTrigger } from './timerTrigger';

/** The longest time that a timer of Node can wait. */
const longestWait = 2 ** 31 - 1;

/** What timers are made of. `now` and `wait` are given so that a test can choose the time. */
interface TimerParts {
  readonly invoker: Invoker;
  readonly schedules: ScheduleTable;
  readonly log: HostLog;
  readonly settings: Readonly<Record<string, string | undefined>>;
  now(): Date;
  /** Calls back after so many milliseconds; the function that it returns takes that back. */
  wait(milliseconds: number, callback: () => void): () => void;
  /** Called when a run begins or ends. */
  onRun(): void;
}

/** Runs one `app.timer` function by its schedule. A run that takes longer than the gap holds up the next one. */
export class TimerRunner {
  private readonly schedule: TimerSchedule;
  private readonly monitored: boolean;
  private cancel: (() => void) | undefined;
  private running = false;
  private stopped = false;

  /** @throws ScheduleInvalid */
  constructor(
    private readonly fn: AppFunction,
    private readonly parts: TimerParts,
  ) {
    this.schedule = timerSchedule(fn.name, fn.trigger.schedule, parts.settings);
    this.monitored = fn.trigger.useMonitor !== false && isMonitored(this.schedule, parts.now());
  }

  /** True while the function runs. */
  get isBusy(): boolean {
    return this.running;
  }

  /** Runs the function at once where it is to run on startup, or where a run was missed while no host was there. */
  start(): void {
    const now = this.parts.now();
    const status = this.status();
    const missed = status !== undefined && Date.parse(status.next) < now.getTime();
    if (missed || this.fn.trigger.runOnStartup === true) {
      void this.run(now, missed);
      return;
    }
    if (status === undefined) this.writeDown(null, now);
    this.arm(now);
  }

  stop(): void {
    this.stopped = true;
    this.cancel?.();
  }

  private arm(after: Date): void {
    const next = this.schedule.next(after);
    if (next === undefined || this.stopped) return;
    const wait = Math.max(next.getTime() - this.parts.now().getTime(), 0);
    this.cancel = this.parts.wait(Math.min(wait, longestWait), () => {
      // A wait may be over a little early, or be a part of a longer one; and a clock may be set back meanwhile.
      const now = this.parts.now();
      if (now < next) this.arm(now < after ? now : after);
      else void this.run(next, false);
    });
  }

  private async run(occurrence: Date, isPastDue: boolean): Promise<void> {
    this.running = true;
    this.parts.onRun();
    const started = this.parts.now();
    const trigger = timerTrigger(this.fn.triggerName, started, this.status(), isPastDue);
    const result = await this.parts.invoker.invoke(this.fn, trigger);
    if (!result.ok) {
      this.parts.log.write('error', `Function.${this.fn.name}`, result.error.stack ?? result.error.message);
    }
    this.running = false;
    this.parts.onRun();
    if (this.stopped) return;
    // Occurrences that passed during the run are left out: the function has just been at work.
    const now = this.parts.now();
    const after = now > occurrence ? now : occurrence;
    this.writeDown(started.toISOString(), after);
    this.arm(after);
  }

  private status() {
    return this.monitored ? this.parts.schedules.get(this.fn.name) : undefined;
  }

  private writeDown(last: string | null, after: Date): void {
    const next = this.schedule.next(after);
    if (!this.monitored || next === undefined) return;
    const updated = this.parts.now().toISOString();
    this.parts.schedules.put(this.fn.name, { last, next: next.toISOString(), updated });
  }
}
