import type { DatabaseSync, StatementSync } from 'node:sqlite';

import { ActivityTable } from './activityTable';
import { HistoryTable } from './historyTable';
import { InboxTable } from './inboxTable';
import { InstanceTable } from './instanceTable';
import { SettingTable } from './settingTable';
import { SteadyClock } from './steadyClock';
import { TimerTable } from './timerTable';

/** Everything that the host keeps about orchestrations. Changes that belong together go in one transaction. */
export class DurableStore {
  readonly settings: SettingTable;
  readonly instances: InstanceTable;
  readonly history: HistoryTable;
  readonly inbox: InboxTable;
  readonly activities: ActivityTable;
  readonly timers: TimerTable;
  readonly clock: SteadyClock;

  private readonly begin: StatementSync;
  private readonly commit: StatementSync;
  private readonly rollback: StatementSync;

  constructor(database: DatabaseSync) {
    this.begin = database.prepare('BEGIN IMMEDIATE');
    this.commit = database.prepare('COMMIT');
    this.rollback = database.prepare('ROLLBACK');
    this.settings = new SettingTable(database);
    this.instances = new InstanceTable(database);
    this.history = new HistoryTable(database);
    this.inbox = new InboxTable(database);
    this.activities = new ActivityTable(database);
    this.timers = new TimerTable(database);
    this.clock = new SteadyClock(this.instances.latest());
  }

  /** All of `work` happens, or nothing of it. */
  transaction<Result>(work: () => Result): Result {
    this.begin.run();
    try {
      const result = work();
      this.commit.run();
      return result;
    } catch (error) {
      this.takeBack();
      throw error;
    }
  }

  private takeBack(): void {
    try {
      this.rollback.run();
    } catch {
      // After some errors, as a full disk, SQLite has rolled back by itself.
    }
  }

  /** Forgets an instance that is over, and all that belongs to it. */
  remove(instance: string): void {
    this.inbox.clear(instance);
    this.history.clear(instance);
    this.instances.delete(instance);
  }
}
