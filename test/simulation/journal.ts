import type { RowChange } from '../../shared/stores/tableStore';
import type { Write } from '../chaos/checker/journal';
import type { Scheduler } from './realm/scheduler';
import type { BlobWritten } from './stores/memoryBlobStore';

/** A write, with the key of the job that a blob says it is of. */
export interface OwnedWrite extends Write {
  readonly owner?: string;
}

/** Every write that was done to the stores, in its order. Times are numbers that count up. */
export class Journal {
  readonly writes: OwnedWrite[] = [];
  /** Whose the blobs are, by their places. */
  private readonly owners = new Map<string, string>();

  constructor(
    private readonly scheduler: Scheduler,
    private readonly written: (count: number) => void,
  ) {}

  /** What tells the journal of the writes to a table store. */
  ofTables(): (partition: string, changes: readonly RowChange[]) => void {
    return (name, changes) => {
      this.add({ store: 'tables', op: 'rows', name, changes: changes as NonNullable<Write['changes']> });
    };
  }

  /** What tells the journal of the writes to a blob store. */
  ofBlobs(store: string): BlobWritten {
    return (op, name, blob) => {
      const facts = blob && {
        etag: blob.etag,
        size: blob.content.length,
        digest: blob.content.toString('latin1'),
      };
      const place = `${store}/${name}`;
      const owner = blob?.metadata['batchpoint_job'] ?? this.owners.get(place);
      if (owner !== undefined) this.owners.set(place, owner);
      this.add({ store, op, name, ...facts, ...(owner === undefined ? {} : { owner }) });
    };
  }

  /** The key of the job that a blob was written by last. */
  ownerOf(store: string, name: string): string | undefined {
    return this.owners.get(`${store}/${name}`);
  }

  private add(write: Omit<OwnedWrite, 'begun' | 'ended' | 'pid' | 'id'>): void {
    const at = this.writes.length;
    this.writes.push({ ...write, pid: 0, id: at, begun: at, ended: at });
    this.scheduler.trace.add(
      this.scheduler.time,
      this.scheduler.process?.name ?? '-',
      `  wrote ${write.name}`,
    );
    this.written(at + 1);
  }
}
