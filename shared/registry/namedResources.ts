import { failure, isFailure } from '../errors/batchpointError';
import { conflictPause, type ConflictPause } from '../stores/conflictPause';
import { findRow } from '../stores/findRow';
import type { Row, RowChange, TableStore } from '../stores/tableStore';
import { isConditionMet, type WriteCondition } from './writeCondition';

export type { WriteCondition } from './writeCondition';

/** A resource as it lies in the table, with the ETag of its row. */
export interface Stored<T> {
  readonly name: string;
  readonly etag: string;
  readonly value: T;
  /** The operation that deletes it, from the moment in which that has begun. */
  readonly deleting?: string;
}

interface NamedRow<T> {
  readonly name: string;
  readonly value: T;
  readonly deleting?: string;
}

/** Resources of one kind by name, in one partition. Names that differ only in case are the same. */
export class NamedResources<T extends object> {
  constructor(
    private readonly tables: TableStore,
    private readonly partition: string,
    private readonly kind: string,
    private readonly listCommand: string,
    private readonly pause: ConflictPause = conflictPause,
  ) {}

  /** The resource, if there is one; what cannot be a name names nothing. */
  async find(name: string): Promise<Stored<T> | undefined> {
    const row = await findRow<NamedRow<T>>(this.tables, this.partition, rowKey(name));
    return row === undefined ? undefined : stored(row);
  }

  /** The resource, or `ResourceNotFound`. */
  async get(name: string): Promise<Stored<T>> {
    const found = await this.find(name);
    if (found === undefined) {
      throw failure('ResourceNotFound', { kind: this.kind, name, command: this.listCommand });
    }
    return found;
  }

  /** Resources in the order of their names, `limit` at most, after the one named `after`. */
  async list(options: { after?: string; limit?: number } = {}): Promise<Stored<T>[]> {
    // '!' sorts before every character of a name, so this is the first key behind that of `after`.
    const from = options.after === undefined ? undefined : `${rowKey(options.after)}!`;
    const found: Stored<T>[] = [];
    const range = {
      ...(from === undefined ? {} : { from }),
      ...(options.limit === undefined ? {} : { limit: options.limit }),
    };
    for await (const row of this.tables.query<NamedRow<T>>(this.partition, range)) found.push(stored(row));
    return found;
  }

  /**
   * Creates or replaces; `ResourceChanged` where the condition does not hold. Says whether it is new. Who meets another
   * write begins anew, so that without a condition the last one counts.
   */
  async put(
    name: string,
    value: T,
    condition: WriteCondition = {},
  ): Promise<{ etag: string; created: boolean }> {
    for (let conflict = 1; ; conflict++) {
      const present = await this.find(name);
      this.check(name, present, condition);
      if (present?.deleting !== undefined) throw failure('ResourceDeleting', { kind: this.kind, name });
      try {
        const [etag = ''] = await this.tables.commit(this.partition, [changeFor(name, value, present)]);
        return { etag, created: present === undefined };
      } catch (error) {
        if (!isFailure(error, 'RowConflict')) throw error;
        await this.pause(conflict);
      }
    }
  }

  /** Notes that an operation has begun to delete it: from then on it is not written. `ResourceChanged` where it was. */
  async markDeleting(present: Stored<T>, operation: string): Promise<void> {
    const row = rowKey(present.name);
    const value: NamedRow<T> = { name: present.name, value: present.value, deleting: operation };
    try {
      await this.tables.commit(this.partition, [{ kind: 'replace', row, value, etag: present.etag }]);
    } catch (error) {
      if (!isFailure(error, 'RowConflict')) throw error;
      if ((await this.find(present.name))?.deleting === operation) return;
      throw failure('ResourceChanged', { kind: this.kind, name: present.name }, { cause: error });
    }
  }

  /**
   * Removes; says whether there was one. `ResourceChanged` where the condition does not hold. Who meets another write
   * begins anew.
   */
  async remove(name: string, condition: WriteCondition = {}): Promise<boolean> {
    for (let conflict = 1; ; conflict++) {
      const present = await this.find(name);
      if (present === undefined) return conflict > 1;
      this.check(name, present, condition);
      try {
        await this.tables.commit(this.partition, [{ kind: 'remove', row: rowKey(name), etag: present.etag }]);
        return true;
      } catch (error) {
        if (!isFailure(error, 'RowConflict')) throw error;
        await this.pause(conflict);
      }
    }
  }

  /** Fails with `ResourceChanged` where what is there is not what a condition asks for. */
  check(name: string, present: Stored<T> | undefined, condition: WriteCondition): void {
    if (isConditionMet(condition, present?.etag)) return;
    throw failure('ResourceChanged', { kind: this.kind, name });
  }
}

function changeFor<T>(name: string, value: T, present: Stored<T> | undefined): RowChange {
  const row = rowKey(name);
  const content: NamedRow<T> = { name: present?.name ?? name, value };
  if (present === undefined) return { kind: 'insert', row, value: content };
  return { kind: 'replace', row, value: content, etag: present.etag };
}

function rowKey(name: string): string {
  return name.toLowerCase();
}

function stored<T>(row: Row<NamedRow<T>>): Stored<T> {
  const { name, value, deleting } = row.value;
  return { name, etag: row.etag, value, ...(deleting === undefined ? {} : { deleting }) };
}
