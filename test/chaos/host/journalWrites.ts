import { createHash } from 'node:crypto';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DurableStore } from '../../../local/durable/store/durableStore';
import { DeliveredTable } from '../../../local/watching/deliveredTable';
import { isFailure } from '../../../shared/errors/batchpointError';
import { LocalBlobStore } from '../../../shared/stores/local/localBlobStore';
import { LocalTableStore } from '../../../shared/stores/local/localTableStore';
import { journalTime, type JournalLine } from '../checker/journal';
import { damage } from './damage';
import { follow, readOrders, type KillOrder } from './orders';
import { stepsOf, type PlannedWrite, type Step } from './steps';

/** Has all writes of the local stores of this process noted in the folder, and follows the orders that lie there. */
export function journalWrites(folder: string, damageKind: string | undefined): void {
  const journal = new Journal(folder);
  followInHost(journal);
  const blobs = LocalBlobStore.prototype;
  const tables = LocalTableStore.prototype;
  if (damageKind !== undefined) damage(damageKind);
  const { write, stage, commit, remove, removeAll } = blobs;
  const change = tables.commit;
  blobs.write = function (name, content, options) {
    const size = Buffer.byteLength(content);
    return journal.noted({ store: this.url, op: 'write', name }, { size, digest: sha256(content) }, () =>
      write.call(this, name, content, options),
    );
  };
  blobs.stage = function (name, path) {
    return journal.noted({ store: this.url, op: 'stage', name }, { digest: sha256(readFileSync(path)) }, () =>
      stage.call(this, name, path),
    );
  };
  blobs.commit = async function (name, parts, metadata) {
    const texts: string[] = [];
    for await (const part of parts) texts.push(`${part.name}:${part.size}`);
    const digest = sha256(JSON.stringify([texts, metadata]));
    return journal.noted({ store: this.url, op: 'commit', name }, { digest }, () =>
      commit.call(this, name, parts, metadata),
    );
  };
  blobs.remove = function (name) {
    return journal.noted({ store: this.url, op: 'remove', name }, {}, () => remove.call(this, name));
  };
  blobs.removeAll = function (prefix) {
    return journal.noted({ store: this.url, op: 'removeAll', name: prefix }, {}, () =>
      removeAll.call(this, prefix),
    );
  };
  tables.commit = function (partition, changes) {
    const rows = changes.map((each) => ({
      kind: each.kind,
      row: each.row,
      ...('value' in each ? { value: each.value as Record<string, unknown> } : {}),
    }));
    return journal.noted({ store: 'tables', op: 'rows', name: partition, changes: rows }, {}, () =>
      change.call(this, partition, changes),
    );
  };
}

/** Orders for what the host itself writes are followed too: turns of orchestrations, and events that it has delivered. */
function followInHost(journal: Journal): void {
  const durable = DurableStore.prototype;
  const { transaction } = durable;
  durable.transaction = function <Result>(work: () => Result): Result {
    return journal.followed('turn', () => transaction.call(this, work) as Result);
  };
  const delivered = DeliveredTable.prototype;
  const { put } = delivered;
  delivered.put = function (place, path, etag) {
    journal.followed('remembered', () => put.call(this, place, path, etag));
  };
}

/** Errors that say for sure that a write was not done. */
const refusals = ['RowConflict', 'BlobExists', 'BlobChanged', 'BlobNotFound', 'PartChanged'] as const;

class Journal {
  private readonly file: string;
  private writes = 0;
  /** How often the step of the first order has come by already, since these orders were given. */
  private came = { orders: '', times: 0 };

  constructor(private readonly folder: string) {
    this.file = join(folder, 'journal.jsonl');
  }

  /** Makes a write: notes its beginning and its end, and follows the order that is meant for it. */
  async noted<T>(
    write: PlannedWrite,
    facts: Pick<JournalLine, 'size' | 'digest'>,
    make: () => Promise<T>,
  ): Promise<T> {
    const id = ++this.writes;
    const note = (phase: JournalLine['phase'], more: Partial<JournalLine> = {}): void => {
      const line: JournalLine = {
        at: journalTime(),
        pid: process.pid,
        id,
        phase,
        ...write,
        ...facts,
        ...more,
      };
      appendFileSync(this.file, `${JSON.stringify(line)}\n`);
    };
    const order = this.orderFor(stepsOf(write));
    if (order?.phase === 'before') this.die();
    note('begin');
    if (order?.phase === 'during') setTimeout(() => this.die(), order.milliseconds ?? 0);
    try {
      const made = await make();
      if (order?.phase === 'after') this.die();
      note('end', etagOf(made));
      return made;
    } catch (error) {
      if (refusals.some((code) => isFailure(error, code))) note('end', { refused: codeOf(error) });
      throw error;
    }
  }

  /** Makes a write that is in no journal, and follows the order that is meant for it. */
  followed<Result>(step: Step, make: () => Result): Result {
    const order = this.orderFor([step]);
    if (order?.phase === 'before') this.die();
    const result = make();
    if (order !== undefined) this.die();
    return result;
  }

  /** The first order, where one of these steps is the one that it waits for. */
  orderFor(came: readonly Step[]): KillOrder | undefined {
    const { id, open } = readOrders(this.folder);
    const [order] = open;
    if (id !== this.came.orders) this.came = { orders: id, times: 0 };
    if (order === undefined || !came.includes(order.step)) return undefined;
    this.came.times += 1;
    return this.came.times === order.nth ? order : undefined;
  }

  /** Ends the process, as a crash does. */
  die(): void {
    follow(this.folder);
    process.kill(process.pid, 'SIGKILL');
    // Nothing of this process runs on until the signal has come.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  }
}

function etagOf(made: unknown): Pick<JournalLine, 'etag'> {
  const isTagged =
    typeof made === 'object' && made !== null && 'etag' in made && typeof made.etag === 'string';
  return isTagged ? { etag: (made as { etag: string }).etag } : {};
}

function codeOf(error: unknown): string {
  return isFailure(error) ? error.code : 'unknown';
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
