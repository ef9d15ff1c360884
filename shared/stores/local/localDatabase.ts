import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { failure } from '../../errors/batchpointError';
import { databaseFailure, isDatabaseBusy } from './databaseErrors';

const format = 1;
const busyMilliseconds = 10_000;
const openingTries = 100;

const schema = `
  CREATE TABLE IF NOT EXISTS rows (
    partition TEXT NOT NULL,
    row TEXT NOT NULL,
    etag TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (partition, row)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS blob_metadata (
    fingerprint TEXT PRIMARY KEY,
    metadata TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  PRAGMA user_version = ${format};
`;

/** The one SQLite database of a state folder: the rows of the tables, and the metadata of blobs. */
export class LocalDatabase {
  private readonly database: DatabaseSync;
  private readonly statements = new Map<string, StatementSync>();

  private constructor(
    readonly path: string,
    database: DatabaseSync,
  ) {
    this.database = database;
  }

  /** Opens the database, and makes it where it is missing. Its folder exists. */
  static async open(path: string): Promise<LocalDatabase> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return new LocalDatabase(path, openDatabase(path));
      } catch (error) {
        // The change to WAL does not wait for a lock, however long the busy timeout: two first starts may
        // meet.
        if (!isDatabaseBusy(error) || attempt === openingTries) throw databaseFailure(error, path);
        await pause(20);
      }
    }
  }

  /** Runs a query, and gives its rows one by one, so that a caller may stop early. */
  *rows(sql: string, ...parameters: readonly (string | number)[]): Generator<Record<string, unknown>> {
    try {
      yield* this.statement(sql).iterate(...parameters) as Iterable<Record<string, unknown>>;
    } catch (error) {
      throw databaseFailure(error, this.path);
    }
  }

  /** All rows that a query finds, at once: faster than one by one where all are wanted. */
  allRows(sql: string, ...parameters: readonly (string | number)[]): Record<string, unknown>[] {
    try {
      return this.statement(sql).all(...parameters);
    } catch (error) {
      throw databaseFailure(error, this.path);
    }
  }

  /** The first row that a query finds. */
  row(sql: string, ...parameters: readonly (string | number)[]): Record<string, unknown> | undefined {
    try {
      return this.statement(sql).get(...parameters);
    } catch (error) {
      throw databaseFailure(error, this.path);
    }
  }

  /** Runs a change, and says how many rows it touched. */
  change(sql: string, ...parameters: readonly (string | number)[]): number {
    try {
      return Number(this.statement(sql).run(...parameters).changes);
    } catch (error) {
      throw databaseFailure(error, this.path);
    }
  }

  /**
   * Runs `work` alone among all processes that have this database open, as one transaction. What it changed
   * is on disk when this returns; nothing is changed where it throws. `work` is short, and must not wait for
   * anything.
   */
  alone<T>(work: () => T): T {
    this.change('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.change('COMMIT');
      return result;
    } catch (error) {
      this.rollBack();
      throw error;
    }
  }

  /** Runs `work` as a part of `alone`: where it throws, what it changed is taken back, and the error is answered. */
  apart(work: () => void): { readonly error: unknown } | undefined {
    this.change('SAVEPOINT part');
    try {
      work();
    } catch (error) {
      this.takeBack(error);
      return { error };
    }
    this.change('RELEASE part');
    return undefined;
  }

  close(): void {
    this.statements.clear();
    this.database.close();
  }

  private takeBack(reason: unknown): void {
    try {
      this.statement('ROLLBACK TO part').run();
      this.statement('RELEASE part').run();
    } catch {
      // After some errors SQLite has rolled back by itself, and the other parts with this one.
      throw reason;
    }
  }

  private rollBack(): void {
    try {
      this.statement('ROLLBACK').run();
    } catch {
      // After some errors, as a full disk, SQLite has rolled back by itself.
    }
  }

  private statement(sql: string): StatementSync {
    const known = this.statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.database.prepare(sql);
    this.statements.set(sql, statement);
    return statement;
  }
}

function openDatabase(path: string): DatabaseSync {
  const database = new DatabaseSync(path);
  try {
    database.exec(`PRAGMA busy_timeout = ${busyMilliseconds}`);
    const found = Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
    if (found > format) throw failure('StoreTooNew', { store: path, found, known: format });
    // `fullfsync` is for macOS, where a plain fsync leaves the bytes in the disk's own cache.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON');
    if (found < format) database.exec(`BEGIN IMMEDIATE; ${schema} COMMIT;`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
