import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** A timer that an execution waits for. */
export interface Timer {
  readonly instance: string;
  readonly execution: string;
  readonly timer: number;
  /** ISO text, as the orchestrator asked for it. */
  readonly fireAt: string;
}

/** The timers that have not fired yet. */
export class TimerTable {
  private readonly selectNext: StatementSync;
  private readonly selectDue: StatementSync;
  private readonly insert: StatementSync;
  private readonly deleteOne: StatementSync;
  private readonly deleteAll: StatementSync;

  constructor(database: DatabaseSync) {
    this.selectNext = database.prepare('SELECT min(due) AS due FROM timers');
    this.selectDue = database.prepare(
      'SELECT instance, execution, timer, fire_at AS fireAt FROM timers WHERE due <= ? ORDER BY due LIMIT ?',
    );
    this.insert = database.prepare(
      'INSERT INTO timers (instance, execution, timer, fire_at, due) VALUES (?, ?, ?, ?, ?)',
    );
    this.deleteOne = database.prepare('DELETE FROM timers WHERE instance = ? AND timer = ?');
    this.deleteAll = database.prepare('DELETE FROM timers WHERE instance = ?');
  }

  /** When the next timer is due, in milliseconds since 1970; undefined when there is none. */
  nextDue(): number | undefined {
    const due = this.selectNext.get()?.due;
    return typeof due === 'number' ? due : undefined;
  }

  due(now: number, most: number): Timer[] {
    return this.selectDue.all(now, most).map((row) => row as unknown as Timer);
  }

  add({ instance, execution, timer, fireAt }: Timer): void {
    this.insert.run(instance, execution, timer, fireAt, Date.parse(fireAt));
  }

  remove(instance: string, timer: number): void {
    this.deleteOne.run(instance, timer);
  }

  clear(instance: string): void {
    this.deleteAll.run(instance);
  }
}
