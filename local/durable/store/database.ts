import { DatabaseSync } from 'node:sqlite';

import { failure } from '../../../shared/errors/batchpointError';

/**
 * What makes the database of each format out of the one before; its format is in its `user_version`.
 * A step writes to each table once or twice: every index beyond need would cost it another page.
 */
const formats = [
  `
  CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  CREATE TABLE instances (
    id TEXT PRIMARY KEY,
    execution TEXT NOT NULL,
    name TEXT NOT NULL,
    status TEXT NOT NULL,
    input TEXT,
    output TEXT,
    custom_status TEXT,
    created TEXT NOT NULL,
    updated TEXT NOT NULL,
    parent TEXT
  ) STRICT;
  CREATE INDEX unfinished ON instances (id) WHERE status IN ('Pending', 'Running', 'Suspended');
  CREATE TABLE history (
    instance TEXT NOT NULL,
    turn INTEGER NOT NULL,
    events TEXT NOT NULL,
    PRIMARY KEY (instance, turn)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE inbox (
    instance TEXT NOT NULL,
    id INTEGER NOT NULL,
    execution TEXT,
    event TEXT NOT NULL,
    PRIMARY KEY (instance, id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE activities (
    id INTEGER PRIMARY KEY,
    instance TEXT NOT NULL,
    execution TEXT NOT NULL,
    task INTEGER NOT NULL,
    name TEXT NOT NULL,
    input TEXT
  ) STRICT;
  CREATE TABLE timers (
    instance TEXT NOT NULL,
    timer INTEGER NOT NULL,
    execution TEXT NOT NULL,
    fire_at TEXT NOT NULL,
    due INTEGER NOT NULL,
    PRIMARY KEY (instance, timer)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX timers_due ON timers (due);
  CREATE TABLE schedules (name TEXT PRIMARY KEY, last TEXT, next TEXT NOT NULL, updated TEXT NOT NULL) STRICT;
`,
  `
  CREATE TABLE watched (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    folder TEXT NOT NULL,
    UNIQUE (id, folder)
  ) STRICT;
  CREATE TABLE delivered (
    place INTEGER NOT NULL,
    path TEXT NOT NULL,
    etag TEXT NOT NULL,
    PRIMARY KEY (place, path)
  ) STRICT, WITHOUT ROWID;
`,
];

/**
 * Opens the host's database and holds it until it is closed or the process is gone, however it goes: the lock is
 * the operating system's, on the file, so that there is nothing stale to clean up.
 *
 * Every step of an orchestration is one transaction. `synchronous=NORMAL` is enough: when the process is killed
 * nothing is lost, as the pages are with the operating system. When the machine loses power the last steps may
 * be missing, but never a part of one: they are done again, which orchestrations must bear in any case. What an
 * app promises to its users is in its own store, and that one has to write with `synchronous=FULL`.
 *
 * @throws an SQLite error with the code of a busy database if another process holds it
 */
export function openDatabase(file: string): DatabaseSync {
  const database = new DatabaseSync(file);
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE');
    database.exec('PRAGMA journal_mode = WAL');
    database.exec('PRAGMA synchronous = NORMAL');
    database.exec('PRAGMA wal_autocheckpoint = 4000');
    // Takes the lock, also where nothing is to be created.
    database.exec('BEGIN EXCLUSIVE');
    const found = userVersion(database);
    const known = formats.length;
    if (found > known) throw failure('StateFolderNewer', { folder: file, found, known });
    for (const step of formats.slice(found)) database.exec(step);
    if (found < known) database.exec(`PRAGMA user_version = ${known}`);
    database.exec('COMMIT');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** True for the error of a database that another process holds. */
export function isHeld(error: unknown): boolean {
  const busy = 5;
  const locked = 6;
  return error instanceof Error && 'errcode' in error && (error.errcode === busy || error.errcode === locked);
}

function userVersion(database: DatabaseSync): number {
  const row = database.prepare('PRAGMA user_version').get();
  return Number(row?.user_version ?? 0);
}
