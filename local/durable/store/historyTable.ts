import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** The histories: one row for each turn of an instance's current execution. */
export class HistoryTable {
  private readonly selectAll: StatementSync;
  private readonly insert: StatementSync;
  private readonly deleteAll: StatementSync;

  constructor(database: DatabaseSync) {
    this.selectAll = database.prepare('SELECT events FROM history WHERE instance = ? ORDER BY turn');
    this.insert = database.prepare('INSERT INTO history (instance, turn, events) VALUES (?, ?, ?)');
    this.deleteAll = database.prepare('DELETE FROM history WHERE instance = ?');
  }

  /** The events of each turn: JSON objects, joined by commas. */
  turns(instance: string): string[] {
    return this.selectAll.all(instance).map((row) => String(row.events));
  }

  append(instance: string, turn: number, events: string): void {
    this.insert.run(instance, turn, events);
  }

  clear(instance: string): void {
    this.deleteAll.run(instance);
  }
}
