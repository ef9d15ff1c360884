import { odata, type TableClient, type TransactionAction } from '@azure/data-tables';
import { failure, isFailure } from '../../errors/batchpointError';
import { checkRowKey, checkRowRange, encodeGroup, type EncodedChange } from '../rowLimits';
import type { Row, RowChange, RowRange, TableStore } from '../tableStore';
import { toEntity, toRow } from './azureEntity';
import { azureFailure, hasCode, problemOf } from './azureErrors';
import { setRemovedVersions } from './conditionalRemovals';
import { forEachBounded } from '../boundedWork';
import type { ServiceCalls } from './serviceCalls';

const largestPage = 1000;

/** Rows of several partitions that are asked for at once: the service has no request for more than one of them. */
const mostAtOnce = 32;

const conflictCodes = [
  'EntityAlreadyExists',
  'EntityNotFound',
  'ResourceNotFound',
  'UpdateConditionNotSatisfied',
  'ConditionNotMet',
];

/** Rows as entities of one table in Azure. */
export class AzureTableStore implements TableStore {
  constructor(
    private readonly client: TableClient,
    private readonly calls: ServiceCalls,
  ) {}

  /** Makes the table where it is missing. */
  async open(): Promise<void> {
    try {
      await this.calls.tell((abortSignal) => this.client.createTable({ abortSignal }));
    } catch (error) {
      // Who may use the table but not make one is told so by the first use, if it is missing.
      const reported = azureFailure(error, this.calls.store);
      if (!isFailure(reported, 'StoreForbidden')) throw reported;
    }
  }

  async get<T>(partition: string, row: string): Promise<Row<T> | undefined> {
    checkRowKey(partition);
    checkRowKey(row);
    try {
      return toRow<T>(
        await this.calls.tell((abortSignal) => this.client.getEntity(partition, row, { abortSignal })),
      );
    } catch (error) {
      if (hasCode(error, 'ResourceNotFound', 'EntityNotFound')) return undefined;
      throw azureFailure(error, this.calls.store);
    }
  }

  async getOfEach<T>(partitions: readonly string[], row: string): Promise<readonly (Row<T> | undefined)[]> {
    [...partitions, row].forEach(checkRowKey);
    const found = new Array<Row<T> | undefined>(partitions.length).fill(undefined);
    await forEachBounded(mostAtOnce, partitions.entries(), async ([place, partition]) => {
      found[place] = await this.get<T>(partition, row);
    });
    return found;
  }

  async *query<T>(partition: string, range: RowRange = {}): AsyncGenerator<Row<T>> {
    checkRowKey(partition);
    checkRowRange(range);
    const filter = filterOf(partition, range);
    let left = range.limit ?? Number.MAX_SAFE_INTEGER;
    let next: string | undefined;
    while (left > 0) {
      const page = await this.page(filter, Math.min(left, largestPage), next);
      for (const entity of page.entities.slice(0, left)) yield toRow<T>(entity);
      left -= page.entities.length;
      if (page.next === undefined) return;
      next = page.next;
    }
  }

  async commit(partition: string, changes: readonly RowChange[]): Promise<readonly string[]> {
    const group = encodeGroup(partition, changes);
    if (group.length === 0) return [];
    refuseForeignVersions(partition, changes);
    const actions = group.map((change) => toAction(partition, change));
    const removed = changes.flatMap((change) => (change.kind === 'remove' ? [change.etag] : []));
    try {
      const answer = await this.calls.tell((abortSignal) => {
        setRemovedVersions(abortSignal, removed);
        return this.client.submitTransaction(actions, { abortSignal });
      });
      return answer.subResponses.map((each) => each.etag ?? '');
    } catch (error) {
      throw conflictOf(error, partition, changes) ?? azureFailure(error, this.calls.store);
    }
  }

  private async page(
    filter: string,
    maxPageSize: number,
    continuationToken: string | undefined,
  ): Promise<EntityPage> {
    return this.calls.ask(async (abortSignal) => {
      const pages = this.client
        .listEntities<Record<string, unknown>>({ queryOptions: { filter }, abortSignal })
        .byPage({ maxPageSize, ...(continuationToken === undefined ? {} : { continuationToken }) });
      const page = await pages.next();
      if (page.done === true) return { entities: [], next: undefined };
      const { continuationToken: next } = page.value as { readonly continuationToken?: string };
      return { entities: page.value, next };
    });
  }
}

interface EntityPage {
  readonly entities: readonly Readonly<Record<string, unknown>>[];
  readonly next: string | undefined;
}

function filterOf(partition: string, { from, before }: RowRange): string {
  const conditions = [odata`PartitionKey eq ${partition}`];
  if (from !== undefined) conditions.push(odata`RowKey ge ${from}`);
  if (before !== undefined) conditions.push(odata`RowKey lt ${before}`);
  return conditions.join(' and ');
}

function toAction(partition: string, { change, json }: EncodedChange): TransactionAction {
  switch (change.kind) {
    case 'insert':
      return ['create', toEntity(partition, change.row, json)];
    case 'put':
      return ['upsert', toEntity(partition, change.row, json), 'Replace'];
    case 'replace':
      return ['update', toEntity(partition, change.row, json), 'Replace', { etag: change.etag }];
    case 'remove':
      return ['delete', { partitionKey: partition, rowKey: change.row }];
  }
}

/**
 * An ETag that is none, as `*`, would not be refused by the service but fit every version, or spoil the
 * request.
 */
function refuseForeignVersions(partition: string, changes: readonly RowChange[]): void {
  for (const change of changes) {
    const isForeign = 'etag' in change && !/^W\/"[^"\r\n]+"$/.test(change.etag);
    if (isForeign) throw conflict(partition, change.row);
  }
}

/**
 * The service says which change of the group failed by its position, in front of the text: `1:The specified
 * ...`. Without a position it means the account or the table, not a row.
 */
function conflictOf(error: unknown, partition: string, changes: readonly RowChange[]): Error | undefined {
  const problem = problemOf(error);
  if (problem === undefined || !conflictCodes.includes(problem.code)) return undefined;
  const position = /^(\d+):/.exec(problem.message)?.[1];
  const change = position === undefined ? undefined : changes[Number(position)];
  return change === undefined ? undefined : conflict(partition, change.row);
}

function conflict(partition: string, row: string): Error {
  return failure('RowConflict', { row, partition }, { place: { field: row } });
}
