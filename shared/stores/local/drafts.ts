import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { draftMark } from '../blobName';
import { fileFailure } from '../fileErrors';
import type { LocalDatabase } from './localDatabase';

const lockFile = 'lock.db';

/**
 * The files that this process has begun and not yet published.
 *
 * A draft lies beside the blob that it becomes, hidden, as only there it can be renamed or linked. Each has a
 * note, a symbolic link to it, in a folder of this process, which holds a lock for as long as it lives: a
 * lock of SQLite, since the system gives it up with the process, however that ends. Who finds the folder
 * without its lock removes the drafts of the dead.
 */
export class Drafts {
  private readonly notes: string;
  private readonly lock: DatabaseSync;

  constructor(
    private readonly folder: string,
    private readonly database: LocalDatabase,
  ) {
    this.notes = join(folder, randomUUID());
    this.lock = database.alone(() => {
      mkdirSync(this.notes, { recursive: true });
      return lockOf(this.notes);
    });
    this.sweep();
  }

  /** The path of a new draft for the file at `target`. The file itself is the caller's to make. */
  begin(target: string): string {
    const id = randomUUID();
    const draft = join(dirname(target), draftMark + id);
    symlinkSync(draft, join(this.notes, id));
    return draft;
  }

  /** Forgets a draft, and removes it where it is still there. */
  end(draft: string): void {
    rmSync(draft, { force: true });
    rmSync(join(this.notes, draft.slice(draft.lastIndexOf(draftMark) + draftMark.length)), { force: true });
  }

  /** Removes what processes that were killed have left. */
  sweep(): void {
    // Alone, so that no folder is taken for a dead one's between its making and its locking.
    this.database.alone(() => {
      for (const name of readdirSync(this.folder)) {
        const notes = join(this.folder, name);
        if (notes !== this.notes) removeDead(notes);
      }
    });
  }

  close(): void {
    this.lock.close();
    rmSync(this.notes, { recursive: true, force: true });
  }
}

function lockOf(notes: string): DatabaseSync {
  const lock = new DatabaseSync(join(notes, lockFile));
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    throw error;
  }
}

function removeDead(notes: string): void {
  let lock: DatabaseSync;
  try {
    lock = lockOf(notes);
  } catch {
    return; // Its process lives.
  }
  try {
    const ids = readdirSync(notes).filter((name) => !name.startsWith(lockFile));
    for (const id of ids) rmSync(readlinkSync(join(notes, id)), { force: true });
    rmSync(notes, { recursive: true, force: true });
  } catch (error) {
    // A draft on a disk that is away or read-only waits for a later sweep.
    if (fileFailure(error, { store: notes }) === error) throw error;
  } finally {
    lock.close();
  }
}
