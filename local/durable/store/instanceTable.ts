import type { DatabaseSync, StatementSync } from 'node:sqlite';

import type { ParentInstance } from '../history/historyEvent';

/** The states of an instance, as the durable client names them. */
export type RuntimeStatus = 'Pending' | 'Running' | 'Suspended' | 'Completed' | 'Failed' | 'Terminated';

/** An instance of an orchestration. `input`, `output` and `customStatus` are JSON text. */
export interface Instance {
  readonly id: string;
  readonly execution: string;
  readonly name: string;
  readonly status: RuntimeStatus;
  readonly input: string | null;
  readonly output: string | null;
  readonly customStatus: string | null;
  readonly created: string;
  readonly updated: string;
  readonly parent: ParentInstance | null;
}

/** Which instances of a list are meant. Times are ISO texts and inclusive. */
export interface InstanceFilter {
  readonly statuses?: readonly string[];
  readonly createdFrom?: string;
  readonly createdTo?: string;
  readonly idPrefix?: string;
  /** The first id of the page. */
  readonly fromId?: string;
}

/** True while an instance can still do something. */
export function isUnfinished(status: RuntimeStatus): boolean {
  return status === 'Pending' || status === 'Running' || status === 'Suspended';
}

/** The instances: one row each, from their start until they are purged. */
export class InstanceTable {
  private readonly selectOne: StatementSync;
  private readonly selectSome: StatementSync;
  private readonly insertOne: StatementSync;
  private readonly updateOne: StatementSync;
  private readonly continueOne: StatementSync;
  private readonly deleteOne: StatementSync;
  private readonly anyUnfinished: StatementSync;
  private readonly newestUpdate: StatementSync;

  constructor(database: DatabaseSync) {
    this.selectOne = database.prepare('SELECT * FROM instances WHERE id = ?');
    this.selectSome = database.prepare(`
      SELECT * FROM instances
      WHERE id >= :fromId AND substr(id, 1, length(:idPrefix)) = :idPrefix
        AND created >= :createdFrom AND created <= :createdTo
        AND (:statuses IS NULL OR instr(:statuses, ',' || lower(status) || ',') > 0)
      ORDER BY id LIMIT :count`);
    this.insertOne = database.prepare(`
      INSERT INTO instances (id, execution, name, status, input, output, custom_status, created, updated, parent)
      VALUES (:id, :execution, :name, :status, :input, :output, :customStatus, :created, :updated, :parent)`);
    this.updateOne = database.prepare(`
      UPDATE instances SET status = ?, output = ?, custom_status = ?, updated = ? WHERE id = ?`);
    this.continueOne = database.prepare('UPDATE instances SET execution = ?, input = ? WHERE id = ?');
    this.deleteOne = database.prepare('DELETE FROM instances WHERE id = ?');
    this.anyUnfinished = database.prepare(
      "SELECT 1 FROM instances WHERE status IN ('Pending', 'Running', 'Suspended') LIMIT 1",
    );
    this.newestUpdate = database.prepare('SELECT max(updated) AS updated FROM instances');
  }

  /** The latest time that is written down of any instance, in milliseconds. */
  latest(): number {
    const updated = this.newestUpdate.get()?.['updated'];
    return typeof updated === 'string' ? Date.parse(updated) : 0;
  }

  get(id: string): Instance | undefined {
    const row = this.selectOne.get(id);
    return row === undefined ? undefined : instance(row);
  }

  /** Instances in the order of their ids, `count` at most. */
  list(filter: InstanceFilter, count: number): Instance[] {
    const statuses = filter.statuses?.length ? `,${filter.statuses.join(',').toLowerCase()},` : null;
    const rows = this.selectSome.all({
      fromId: filter.fromId ?? '',
      idPrefix: filter.idPrefix ?? '',
      createdFrom: filter.createdFrom ?? '',
      createdTo: filter.createdTo ?? '~',
      statuses,
      count,
    });
    return rows.map(instance);
  }

  hasUnfinished(): boolean {
    return this.anyUnfinished.get() !== undefined;
  }

  insert(row: Instance): void {
    const { parent, ...columns } = row;
    this.insertOne.run({ ...columns, parent: parent === null ? null : JSON.stringify(parent) });
  }

  /** Writes how an instance is now. */
  update({ id, status, output, customStatus, updated }: Instance): void {
    this.updateOne.run(status, output, customStatus, updated, id);
  }

  /** Puts another execution in the place of the one before. */
  continueAsNew(id: string, execution: string, input: string | null): void {
    this.continueOne.run(execution, input, id);
  }

  delete(id: string): void {
    this.deleteOne.run(id);
  }
}

function instance(row: Record<string, unknown>): Instance {
  const {
    id,
    execution,
    name,
    status,
    input,
    output,
    created,
    updated,
    parent,
    custom_status: customStatus,
  } = row;
  return {
    ...({ id, execution, name, status, input, output, customStatus, created, updated } as Omit<
      Instance,
      'parent'
    >),
    parent: typeof parent === 'string' ? (JSON.parse(parent) as ParentInstance) : null,
  };
}
