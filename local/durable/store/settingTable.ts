import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** Values that outlive the process. */
export class SettingTable {
  private readonly selectOne: StatementSync;
  private readonly insert: StatementSync;

  constructor(database: DatabaseSync) {
    this.selectOne = database.prepare('SELECT value FROM settings WHERE name = ?');
    this.insert = database.prepare('INSERT INTO settings (name, value) VALUES (?, ?)');
  }

  /** The value of a setting; made and kept at the first call. */
  getOrMake(name: string, make: () => string): string {
    const found = this.selectOne.get(name)?.value;
    if (typeof found === 'string') return found;
    const value = make();
    this.insert.run(name, value);
    return value;
  }
}
