import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** An activity that an execution waits for. `input` is JSON text. */
export interface Activity {
  readonly instance: string;
  readonly execution: string;
  readonly task: number;
  readonly name: string;
  readonly input: string | null;
}

/** An activity in the order of work. */
export interface QueuedActivity {
  readonly id: number;
  readonly instance: string;
}

/** The activities that are to be run. A row goes when the activity has ended, in the step that tells its instance. */
export class ActivityTable {
  private readonly selectOne: StatementSync;
  private readonly selectQueue: StatementSync;
  private readonly insert: StatementSync;
  private readonly deleteOne: StatementSync;
  private readonly deleteAll: StatementSync;
  /** No number is given twice while the process lives: what comes late of an old activity must not hit a new one. */
  private lastId: number;

  constructor(database: DatabaseSync) {
    this.selectOne = database.prepare(
      'SELECT instance, execution, task, name, input FROM activities WHERE id = ?',
    );
    this.selectQueue = database.prepare('SELECT id, instance FROM activities ORDER BY id');
    this.insert = database.prepare(
      'INSERT INTO activities (id, instance, execution, task, name, input) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.deleteOne = database.prepare('DELETE FROM activities WHERE id = ?');
    this.deleteAll = database.prepare('DELETE FROM activities WHERE instance = ?');
    const last = database.prepare('SELECT max(id) AS id FROM activities').get();
    this.lastId = Number(last?.id ?? 0);
  }

  get(id: number): Activity | undefined {
    return this.selectOne.get(id) as Activity | undefined;
  }

  queue(): QueuedActivity[] {
    return this.selectQueue.all().map((row) => ({ id: Number(row.id), instance: String(row.instance) }));
  }

  add(activity: Activity): QueuedActivity {
    const { instance, execution, task, name, input } = activity;
    const id = ++this.lastId;
    this.insert.run(id, instance, execution, task, name, input);
    return { id, instance };
  }

  /** False when nobody waits for the activity any more. */
  remove(id: number): boolean {
    return this.deleteOne.run(id).changes === 1;
  }

  /** Reads the whole table: to be called only where something may be left. */
  clear(instance: string): void {
    this.deleteAll.run(instance);
  }
}
