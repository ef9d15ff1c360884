import { failure, isFailure } from '../errors/batchpointError';
import type { Row, RowChange, TableStore } from '../stores/tableStore';

/** A resource as it lies in the table, with the ETag of its row. */
export interface Stored<T> {
  readonly name: string;
  readonly etag: string;
  readonly value: T;
}

interface NamedRow<T> {
  readonly name: string;
  readonly value: T;
}

/** Which ETag a write asks for: any, that of one version, or none as the resource must be new. */
export type WriteCondition = { readonly etag?: string; readonly mustNotExist?: boolean };

/** Resources of one kind by name, in one partition. Names that differ only in case are the same. */
export class NamedResources<T extends object> {
  constructor(
    private readonly tables: TableStore,
    private readonly partition: string,
    private readonly kind: string,
    private readonly listCommand: string,
  ) {}

  async find(name: string): Promise<Stored<T> | undefined> {
    const row = await this.tables.get<NamedRow<T>>(this.partition, rowKey(name));
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

  /** Creates or replaces; `ResourceChanged` where the condition does not hold. Says whether it is new. */
  async put(
    name: string,
    value: T,
    condition: WriteCondition = {},
  ): Promise<{ etag: string; created: boolean }> {
    const present = await this.find(name);
    const change = this.changeFor(name, value, present, condition);
    try {
      const [etag = ''] = await this.tables.commit(this.partition, [change]);
      return { etag, created: present === undefined };
    } catch (error) {
      if (!isFailure(error, 'RowConflict')) throw error;
      throw failure('ResourceChanged', { kind: this.kind, name }, { cause: error });
    }
  }

  /** Removes; says whether there was one. */
  async remove(name: string, etag?: string): Promise<boolean> {
    const present = await this.find(name);
    if (present === undefined) return false;
    if (etag !== undefined && etag !== present.etag)
      throw failure('ResourceChanged', { kind: this.kind, name });
    await this.tables.commit(this.partition, [{ kind: 'remove', row: rowKey(name), etag: present.etag }]);
    return true;
  }

  private changeFor(
    name: string,
    value: T,
    present: Stored<T> | undefined,
    condition: WriteCondition,
  ): RowChange {
    const changed = (): Error => failure('ResourceChanged', { kind: this.kind, name });
    if (condition.mustNotExist === true && present !== undefined) throw changed();
    if (condition.etag !== undefined && condition.etag !== present?.etag) throw changed();
    const row = rowKey(name);
    const content: NamedRow<T> = { name: present?.name ?? name, value };
    if (present === undefined) return { kind: 'insert', row, value: content };
    return { kind: 'replace', row, value: content, etag: present.etag };
  }
}

function rowKey(name: string): string {
  return name.toLowerCase();
}

function stored<T>(row: Row<NamedRow<T>>): Stored<T> {
  return { name: row.value.name, etag: row.etag, value: row.value.value };
}
