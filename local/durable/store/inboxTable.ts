import type { DatabaseSync, StatementSync } from 'node:sqlite';

import type { EventRaised, ExecutionStarted, HistoryEvent } from '../history/historyEvent';

/** The start of the next execution of an instance, with the events that the one before did not process. */
export interface Continuation {
  readonly started: ExecutionStarted;
  readonly events: readonly EventRaised[];
}

/** Something that an instance has not seen yet. */
export interface Message {
  readonly id: number;
  /** The execution that it is for; null when it is for whatever runs under the instance's id. */
  readonly execution: string | null;
  readonly content: HistoryEvent | Continuation;
}

/** True for the start of a further execution. */
export function isContinuation(content: Message['content']): content is Continuation {
  return 'started' in content;
}

/** The number of a continuation: it comes before all that came for the execution that it begins. */
const firstId = 0;

/** What waits to be seen by instances, in the order in which it came. */
export class InboxTable {
  private readonly selectFirst: StatementSync;
  private readonly selectInstances: StatementSync;
  private readonly insert: StatementSync;
  private readonly deleteOne: StatementSync;
  private readonly deleteAll: StatementSync;
  private lastId: number;

  constructor(database: DatabaseSync) {
    this.selectFirst = database.prepare(
      'SELECT id, execution, event FROM inbox WHERE instance = ? ORDER BY id LIMIT ?',
    );
    this.selectInstances = database.prepare('SELECT instance FROM inbox GROUP BY instance ORDER BY min(id)');
    this.insert = database.prepare('INSERT INTO inbox (instance, id, execution, event) VALUES (?, ?, ?, ?)');
    this.deleteOne = database.prepare('DELETE FROM inbox WHERE instance = ? AND id = ?');
    this.deleteAll = database.prepare('DELETE FROM inbox WHERE instance = ?');
    const last = database.prepare('SELECT max(id) AS id FROM inbox').get();
    this.lastId = Number(last?.id ?? firstId);
  }

  read(instance: string, most: number): Message[] {
    return this.selectFirst.all(instance, most).map((row) => ({
      id: Number(row.id),
      execution: row.execution === null ? null : String(row.execution),
      content: JSON.parse(String(row.event)) as Message['content'],
    }));
  }

  /** The instances that have something to see, the one that has waited longest first. */
  instances(): string[] {
    return this.selectInstances.all().map((row) => String(row.instance));
  }

  put(instance: string, execution: string | null, content: Message['content']): void {
    const id = isContinuation(content) ? firstId : ++this.lastId;
    this.insert.run(instance, id, execution, JSON.stringify(content));
  }

  /** Removes what has been seen. */
  remove(instance: string, messages: readonly Message[]): void {
    for (const { id } of messages) this.deleteOne.run(instance, id);
  }

  clear(instance: string): void {
    this.deleteAll.run(instance);
  }
}
