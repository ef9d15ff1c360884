import { findRow } from '../stores/findRow';
import type { RowChange, TableStore } from '../stores/tableStore';

/** Something that was begun and may go on after the request for it has been answered. */
export interface LongOperation {
  /** Nobody can guess it. Ids of later operations sort behind it. */
  readonly id: string;
  readonly status: 'InProgress' | 'Succeeded' | 'Canceled';
  /** The path, in the workspace, of what it makes or deletes. */
  readonly resource: string;
  readonly startTime: string;
  readonly endTime?: string;
}

const partition = 'operations';

/** So many milliseconds an operation is told of. */
const keptFor = 24 * 60 * 60_000;

/** Operations that were forgotten in one go. */
const forgottenAtOnce = 100;

/** The records of operations. */
export class LongOperations {
  constructor(
    private readonly tables: TableStore,
    private readonly now: () => Date,
    private readonly newId: () => string,
  ) {}

  /** Records an operation that is under way, or one that was done at once. */
  async add(resource: string, status: LongOperation['status'] = 'InProgress'): Promise<LongOperation> {
    const startTime = this.now().toISOString();
    const operation: LongOperation = {
      id: `${timeKey(this.now().getTime())}-${this.newId()}`,
      status,
      resource,
      startTime,
      ...(status === 'InProgress' ? {} : { endTime: startTime }),
    };
    await this.write(operation);
    return operation;
  }

  /** Records how an operation ended. One that is forgotten stays so. */
  async end(id: string, status: 'Succeeded' | 'Canceled'): Promise<void> {
    const present = await this.find(id);
    if (present?.status !== 'InProgress') return;
    await this.write({ ...present, status, endTime: this.now().toISOString() });
  }

  async find(id: string): Promise<LongOperation | undefined> {
    return (await findRow<LongOperation>(this.tables, partition, id))?.value;
  }

  /** Forgets operations of which clients have had a day to ask. */
  async forgetOld(): Promise<void> {
    const before = timeKey(this.now().getTime() - keptFor);
    const changes: RowChange[] = [];
    for await (const row of this.tables.query<LongOperation>(partition, { before, limit: forgottenAtOnce })) {
      if (row.value.status !== 'InProgress') changes.push({ kind: 'remove', row: row.row, etag: row.etag });
    }
    if (changes.length > 0) await this.tables.commit(partition, changes);
  }

  private async write(operation: LongOperation): Promise<void> {
    await this.tables.commit(partition, [{ kind: 'put', row: operation.id, value: operation }]);
  }
}

function timeKey(milliseconds: number): string {
  return String(milliseconds).padStart(14, '0');
}
