import type { DatabaseSync, StatementSync } from 'node:sqlite';

import type { ScheduleStatus } from './timerTrigger';

/** What is known of monitored timers from earlier runs of the host. */
export class ScheduleTable {
  private readonly selectOne: StatementSync;
  private readonly replace: StatementSync;

  constructor(database: DatabaseSync) {
    this.selectOne = database.prepare('SELECT last, next, updated FROM schedules WHERE name = ?');
    this.replace = database.prepare(
      'INSERT OR REPLACE INTO schedules (name, last, next, updated) VALUES (?, ?, ?, ?)',
    );
  }

  get(name: string): ScheduleStatus | undefined {
    return this.selectOne.get(name) as ScheduleStatus | undefined;
  }

  put(name: string, { last, next, updated }: ScheduleStatus): void {
    this.replace.run(name, last, next, updated);
  }
}
