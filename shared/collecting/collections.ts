import { isFailure } from '../errors/batchpointError';
import type { LongOperation, LongOperations } from '../operations/longOperations';
import { findRow } from '../stores/findRow';
import { removeRow } from '../stores/removeRow';
import type { Row, TableStore } from '../stores/tableStore';
import {
  collectedKinds,
  withItem,
  type CollectedKind,
  type CollectionReport,
  type CollectionRequest,
  type Collector,
  type CollectorRequest,
} from './collection';

/** A collection, as far as it has come. */
interface Collection {
  readonly request: CollectionRequest;
  readonly report: CollectionReport;
  /** What is still to be gone through; the first of it is at work. */
  readonly left: readonly CollectedKind[];
  /** Where that one goes on. */
  readonly place?: string;
}

interface CollectionsContext {
  readonly tables: TableStore;
  readonly operations: LongOperations;
  readonly collectors: Readonly<Record<CollectedKind, Collector>>;
  readonly now: () => Date;
}

const partition = 'collections';

/** How a piece of a collection is gone through. */
export interface PieceOptions extends Pick<CollectorRequest, 'state'> {
  /** After so many milliseconds it is broken off. */
  readonly milliseconds: number;
}

/** A collection that has failed again and again for so many milliseconds is given up. */
const mostFailing = 24 * 60 * 60_000;

/** What operations of collections are of. */
export const collectionsPath = 'garbageCollections';

/**
 * Collections of what nothing uses any more. Each goes on a piece at a time, whenever somebody asks how far it is and
 * once a minute, and writes down where it is: where a host dies, the next piece goes on.
 */
export class Collections {
  /** Per collection, the piece that was begun here last: they come one after the other. */
  private readonly pieces = new Map<string, Promise<void>>();

  constructor(private readonly context: CollectionsContext) {}

  /** Begins a collection. */
  async begin(request: CollectionRequest): Promise<LongOperation> {
    const { operations, now } = this.context;
    const operation = await operations.add(collectionsPath);
    const before = new Date(now().getTime() - request.olderThan * 1000).toISOString();
    const none = { count: 0, bytes: 0 };
    const report = { dryRun: request.dryRun, before, total: none, kinds: {}, items: [] };
    const left = collectedKinds.filter((kind) => request.only.includes(kind));
    await this.write(operation.id, undefined, { request, report, left });
    return operation;
  }

  /** Begins to remove jobs that ended so many seconds ago, unless a collection is under way. */
  async beginUnlessOpen(olderThan: number): Promise<void> {
    for await (const { value } of this.context.tables.query<Collection>(partition))
      if (value.left.length > 0) return;
    await this.begin({ only: ['jobs'], olderThan, dryRun: false });
  }

  /** What a collection has freed so far; `undefined` where there is none of that id. */
  async report(id: string): Promise<CollectionReport | undefined> {
    return (await this.row(id))?.value.report;
  }

  /** Goes on for a while, or to the end. */
  advance(id: string, options: PieceOptions): Promise<void> {
    const before = this.pieces.get(id) ?? Promise.resolve();
    const piece = before.catch(() => undefined).then(() => this.piece(id, options));
    this.pieces.set(id, piece);
    return piece.finally(() => {
      if (this.pieces.get(id) === piece) this.pieces.delete(id);
    });
  }

  /**
   * Goes on with all, each for a while, and forgets those of which the operation is forgotten. Fails when all have had
   * their turn.
   */
  async advanceAll(options: PieceOptions): Promise<void> {
    const errors: unknown[] = [];
    for await (const { row } of this.context.tables.query<Collection>(partition)) {
      await this.advance(row, options).catch((error: unknown) => errors.push(error));
      if ((await this.context.operations.find(row)) === undefined)
        await removeRow(this.context.tables, partition, row);
    }
    if (errors.length > 0) throw errors[0];
  }

  private async piece(id: string, { milliseconds, state }: PieceOptions): Promise<void> {
    const { operations, collectors, now } = this.context;
    const row = await this.row(id);
    if (row === undefined) return;
    const end = performance.now() + milliseconds;
    let at = row.value;
    let isTimeUp = false;
    let isGivenUp = false;
    try {
      for (let [kind] = at.left; kind !== undefined && !isTimeUp; [kind] = at.left) {
        const { only, dryRun } = at.request;
        const request = { only, dryRun, before: new Date(at.report.before), state };
        let isThrough = true;
        for await (const { item, place } of collectors[kind](request, at.place)) {
          if (item !== undefined) at = { ...at, report: withItem(at.report, item) };
          if (place !== undefined) at = { ...at, place };
          isTimeUp = performance.now() > end;
          isThrough = !isTimeUp || place === undefined;
          if (!isThrough) break;
        }
        if (isThrough) at = { ...withoutPlace(at), left: at.left.slice(1) };
      }
    } catch (error) {
      const began = Date.parse(at.report.before) + at.request.olderThan * 1000;
      isGivenUp = now().getTime() - began > mostFailing;
      // The store may be back soon; of anything else the other kinds need not wait.
      if (!isFailure(error) || !error.retryable) at = { ...withoutPlace(at), left: rotated(at.left) };
      if (isGivenUp) at = { ...at, left: [] };
      throw error;
    } finally {
      // What is done is told also where the next of it has failed.
      await this.write(id, row, at);
      if (at.left.length === 0) await operations.end(id, isGivenUp ? 'Canceled' : 'Succeeded');
    }
  }

  private row(id: string): Promise<Row<Collection> | undefined> {
    return findRow<Collection>(this.context.tables, partition, id);
  }

  private async write(id: string, row: Row<Collection> | undefined, value: Collection): Promise<void> {
    const change =
      row === undefined
        ? ({ kind: 'put', row: id, value } as const)
        : ({ kind: 'replace', row: id, value, etag: row.etag } as const);
    try {
      await this.context.tables.commit(partition, [change]);
    } catch (error) {
      // Another host is at the same collection: what that one tells counts, and nothing is removed twice.
      if (!isFailure(error, 'RowConflict')) throw error;
    }
  }
}

function withoutPlace({ place: _place, ...rest }: Collection): Collection {
  return rest;
}

function rotated<T>([first, ...others]: readonly T[]): T[] {
  return first === undefined ? [] : [...others, first];
}
