import { failure } from '../errors/batchpointError';
import { removeRow } from '../stores/removeRow';
import type { TableStore } from '../stores/tableStore';
import type { JobSpec } from './jobSpec';
import type { StarterType } from './jobStart';

/** A job in a list. */
interface ListedJob {
  readonly name: string;
}

/** A job that is not at its end, as far as is known. */
export interface ActiveJob {
  readonly key: string;
  readonly name: string;
  readonly endpoint: string;
  readonly deployment: string;
  readonly since: string;
}

/** A job that does another one again. */
interface JobUse {
  readonly name: string;
  readonly since: string;
}

/** Which jobs a list shows. */
export interface JobFilter {
  readonly endpoint?: string;
  readonly deployment?: string;
  /** Those that a trigger or schedule has started, of whatever endpoint: it stands alone. */
  readonly startedBy?: { readonly type: StarterType; readonly name: string };
}

/** A page of a list of jobs, the newest first, and the token of the next page. */
export interface JobPage {
  readonly names: readonly string[];
  /** The tokens of pages that begin with each of them. */
  readonly tokens: readonly string[];
  readonly next?: string;
}

const activePartition = 'jobs-active';

/** Times count down in the keys of lists, so that the newest job comes first. */
const endOfTime = 99_999_999_999_999;

/** Lists of jobs. Pages stay the same while jobs are added, as a new job goes in front of all. */
export class JobIndex {
  constructor(private readonly tables: TableStore) {}

  /**
   * Notes a job that is about to be made, so that it is found even if whoever makes it dies at once; and that it uses the
   * job that it does again, which is not removed then.
   */
  async activate(spec: JobSpec): Promise<void> {
    const { key, name, endpoint, deployment, createdAt, rerun, input } = spec;
    if (rerun !== undefined && (rerun.mode !== 'all' || input.kind === 'list')) {
      const use: JobUse = { name, since: createdAt };
      await this.tables.commit(usesPartition(rerun.key), [{ kind: 'put', row: key, value: use }]);
    }
    const value: ActiveJob = { key, name, endpoint, deployment, since: createdAt };
    await this.tables.commit(activePartition, [{ kind: 'put', row: key, value }]);
  }

  /** Whether a job is among the active ones. */
  async isActive(key: string): Promise<boolean> {
    return (await this.tables.get(activePartition, key)) !== undefined;
  }

  /** Takes a job out of the active ones. */
  async deactivate(key: string): Promise<void> {
    await removeRow(this.tables, activePartition, key);
  }

  /** The jobs that do the job of this key again, or were about to. */
  async *usersOf(key: string): AsyncGenerator<JobUse> {
    for await (const { value } of this.tables.query<JobUse>(usesPartition(key))) yield value;
  }

  /** Takes a job out of all lists, and forgets what it uses and who was about to use it. */
  async remove({ key, rerun, ...spec }: JobSpec): Promise<void> {
    const row = listRow(new Date(spec.createdAt), key);
    for (const filter of filtersOf(spec)) await removeRow(this.tables, partitionOf(filter), row);
    await removeRow(this.tables, activePartition, key);
    if (rerun !== undefined) await removeRow(this.tables, usesPartition(rerun.key), key);
    for await (const use of this.tables.query<JobUse>(usesPartition(key)))
      await removeRow(this.tables, usesPartition(key), use.row);
  }

  async *active(): AsyncGenerator<ActiveJob> {
    for await (const { value } of this.tables.query<ActiveJob>(activePartition)) yield value;
  }

  /** Puts a job into the lists that it belongs to; doing it again changes nothing. */
  async list(spec: JobSpec): Promise<void> {
    const row = listRow(new Date(spec.createdAt), spec.key);
    const value: ListedJob = { name: spec.name };
    for (const filter of filtersOf(spec)) {
      await this.tables.commit(partitionOf(filter), [{ kind: 'put', row, value }]);
    }
  }

  /** Whether a job is listed that was made at this time or before. */
  async hasUntil(time: Date): Promise<boolean> {
    const range = { from: listRow(time, ''), limit: 1 };
    for await (const _ of this.tables.query(partitionOf({}), range)) return true;
    return false;
  }

  /** A page of a list. Fails with `PageTokenInvalid`. */
  page(filter: JobFilter, size: number, token?: string): Promise<JobPage> {
    return this.pageOfLists([filter], size, token);
  }

  /** A page of several lists as one; no job may be in two of them. Fails with `PageTokenInvalid`. */
  async pageOfLists(filters: readonly JobFilter[], size: number, token?: string): Promise<JobPage> {
    if (token !== undefined && !/^\d{14}-[0-9a-f]{32}$/.test(token))
      throw failure('PageTokenInvalid', { token });
    const range = { limit: size + 1, ...(token === undefined ? {} : { from: token }) };
    let rows: { row: string; name: string }[] = [];
    for (const filter of filters) {
      const last = rows[size]?.row;
      for await (const { row, value } of this.tables.query<ListedJob>(partitionOf(filter), range)) {
        if (last !== undefined && row >= last) break;
        rows.push({ row, name: value.name });
      }
      if (filters.length > 1) rows = rows.sort((a, b) => (a.row < b.row ? -1 : 1)).slice(0, size + 1);
    }
    const shown = rows.slice(0, size);
    const next = rows[size]?.row;
    return {
      names: shown.map(({ name }) => name),
      tokens: shown.map(({ row }) => row),
      ...(next === undefined ? {} : { next }),
    };
  }
}

/** The lists that a job belongs to. */
function filtersOf({
  endpoint,
  deployment,
  startedBy,
}: Pick<JobSpec, 'endpoint' | 'deployment' | 'startedBy'>): JobFilter[] {
  const lists = [{}, { endpoint }, { endpoint, deployment }];
  return startedBy === undefined ? lists : [...lists, { startedBy }];
}

/** Who uses the job of a key. */
function usesPartition(key: string): string {
  return `job-uses:${key}`;
}

/** The row of a job in its lists. */
function listRow(created: Date, key: string): string {
  return `${String(endOfTime - created.getTime()).padStart(14, '0')}-${key}`;
}

function partitionOf({ endpoint, deployment, startedBy }: JobFilter): string {
  if (startedBy !== undefined) return `jobs-started:${startedBy.type}:${startedBy.name}`.toLowerCase();
  return ['jobs-list', endpoint, deployment]
    .filter((part) => part !== undefined)
    .join(':')
    .toLowerCase();
}
