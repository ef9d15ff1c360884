import { DatabaseSync } from 'node:sqlite';

import type { AppFunction } from '../../../../local/app/functionsApp';
import type { InvocationInput, InvocationResult, Invoker } from '../../../../local/invocation/invoker';
import { ScheduleTable } from '../../../../local/timers/scheduleTable';
import { TimerRunner } from '../../../../local/timers/timerRunner';

/** A clock that a test moves, and a timer function that ends when the test says so. */
class World {
  now = new Date('2026-01-01T00:00:00.500Z');
  readonly runs: { at: string; info: { IsPastDue: boolean; ScheduleStatus: unknown } }[] = [];
  readonly schedules: ScheduleTable;
  finish: (() => void) | undefined;
  private alarm: { due: number; callback: () => void } | undefined;
  private readonly database = new DatabaseSync(':memory:');

  constructor() {
    this.database.exec(
      'CREATE TABLE schedules (name TEXT PRIMARY KEY, last TEXT, next TEXT NOT NULL, updated TEXT NOT NULL)',
    );
    this.schedules = new ScheduleTable(this.database);
  }

  runner(trigger: Record<string, unknown>): TimerRunner {
    const fn = { name: 't', triggerName: 'timer', trigger } as unknown as AppFunction;
    return new TimerRunner(fn, {
      invoker: {
        invoke: (_fn: AppFunction, input: InvocationInput) => this.invoked(input),
      } as unknown as Invoker,
      schedules: this.schedules,
      log: { write: () => undefined },
      settings: {},
      now: () => this.now,
      wait: (milliseconds, callback) => {
        const alarm = { due: this.now.getTime() + milliseconds, callback };
        this.alarm = alarm;
        return () => {
          if (this.alarm === alarm) this.alarm = undefined;
        };
      },
      onRun: () => undefined,
    });
  }

  /** Moves the clock to the next alarm; false when there is none. */
  async ring(): Promise<boolean> {
    if (this.alarm === undefined) return false;
    const { due, callback } = this.alarm;
    this.alarm = undefined;
    this.now = new Date(due);
    callback();
    await Promise.resolve();
    return true;
  }

  /** Sets the clock back; waits are by the time that runs. */
  setBack(milliseconds: number): void {
    this.now = new Date(this.now.getTime() - milliseconds);
    if (this.alarm !== undefined) this.alarm.due -= milliseconds;
  }

  async end(): Promise<void> {
    this.finish?.();
    await new Promise((resolve) => setImmediate(resolve));
  }

  private invoked(input: InvocationInput): Promise<InvocationResult> {
    const info = JSON.parse(input.inputData[0]?.data.json ?? '') as World['runs'][number]['info'];
    this.runs.push({ at: this.now.toISOString(), info });
    return new Promise((resolve) => (this.finish = () => resolve({ ok: true, response: {} })));
  }
}

describe('A timer function', () => {
  let world: World;

  beforeEach(() => {
    world = new World();
  });

  test('runs when it is due, again and again', async () => {
    world.runner({ schedule: '*/10 * * * * *' }).start();
    for (let run = 0; run < 3; run += 1) {
      await world.ring();
      await world.end();
    }
    expect(world.runs.map(({ at }) => at.slice(17, 19))).toEqual(['10', '20', '30']);
  });

  test('runs on by its schedule when the clock is set back by an hour', async () => {
    world.runner({ schedule: '*/10 * * * * *' }).start();
    world.setBack(3_600_000);
    await world.ring();
    expect(world.runs).toEqual([]);
    await world.ring();
    expect(world.runs.map(({ at }) => at)).toEqual(['2025-12-31T23:00:20.000Z']);
  });

  test('leaves out the times that pass while it runs', async () => {
    world.runner({ schedule: '*/10 * * * * *' }).start();
    await world.ring();
    world.now = new Date('2026-01-01T00:00:35.000Z');
    expect(await world.ring()).toBe(false);
    await world.end();
    await world.ring();
    expect(world.runs.map(({ at }) => at.slice(17, 19))).toEqual(['10', '40']);
  });

  test('runs at the start where it says so, and then as ever', async () => {
    world.runner({ schedule: '*/10 * * * * *', runOnStartup: true }).start();
    await world.end();
    await world.ring();
    expect(world.runs.map(({ at }) => at.slice(17, 19))).toEqual(['00', '10']);
  });

  test('runs at the start, past due, when a time has passed while no host was there', async () => {
    world.schedules.put('t', {
      last: null,
      next: '2025-12-31T23:00:00.000Z',
      updated: '2025-12-31T22:00:00.000Z',
    });
    world.runner({ schedule: '0 0 * * * *' }).start();
    expect(world.runs).toMatchObject([
      { info: { IsPastDue: true, ScheduleStatus: { Next: '2025-12-31T23:00:00.000Z' } } },
    ]);
    await world.end();
    expect(world.schedules.get('t')).toMatchObject({
      last: '2026-01-01T00:00:00.500Z',
      next: '2026-01-01T01:00:00.000Z',
    });
  });

  test('does not when it was the first start, or when it is not to be monitored', () => {
    world.runner({ schedule: '0 0 * * * *' }).start();
    world.schedules.put('t', {
      last: null,
      next: '2025-12-31T23:00:00.000Z',
      updated: '2025-12-31T22:00:00.000Z',
    });
    world.runner({ schedule: '0 0 * * * *', useMonitor: false }).start();
    expect(world.runs).toEqual([]);
  });

  test('runs no more when it is stopped', async () => {
    const runner = world.runner({ schedule: '*/10 * * * * *' });
    runner.start();
    await world.ring();
    runner.stop();
    await world.end();
    expect(await world.ring()).toBe(false);
  });
});
