import { isEnded, isStoppable } from '../domain/jobState';
import { isFailure } from '../errors/batchpointError';
import { jobPartition } from '../jobs/jobKeys';
import type { JobRun } from '../jobs/jobRun';
import type { JobSpec } from '../jobs/jobSpec';
import { runRow } from '../jobs/jobStore';
import type { Compute } from '../registry/computes';
import { conflictPause, type ConflictPause } from '../stores/conflictPause';
import type { Row, RowChange, RowRange, TableStore } from '../stores/tableStore';
import {
  admittedRows,
  newEntry,
  placesPartition,
  queuedRows,
  turnRow,
  type Entry,
  type PlaceRow,
  type Turn,
} from './placeRow';
import { Turns } from './turns';

/** What places are kept with. */
export interface PlaceStoreContext {
  readonly tables: TableStore;
  readonly computes: {
    find(name: string): Promise<{ readonly value: Pick<Compute, 'maxInstances'> } | undefined>;
  };
  readonly pause?: ConflictPause;
}

/** The jobs of a compute. Those that do not run any more are not among them, whatever rows they have left. */
export interface PlaceState {
  /** `max_instances` of the compute. */
  readonly limit: number;
  readonly admitted: readonly Entry[];
  /** Of those that wait to be admitted, the first ones: as many as could be. */
  readonly queued: readonly Entry[];
  /** The records of those that were looked at. */
  readonly runs: ReadonlyMap<string, JobRun>;
}

/** What to write, if anything, and what to answer once it is written. */
export interface PlaceStep<Answer> {
  readonly changes: readonly RowChange[];
  readonly answer: Answer;
}

/** The compute that is meant, and `max_instances` as it was when a job was made for it. */
export type PlacesOf = Pick<JobSpec, 'compute' | 'maxInstances'>;

/** Rows that jobs have left behind, and that are removed in one go beside what is to be written. */
const mostCleanedUp = 90;

/** Rows of the queue that are looked at in one go, with the records of their jobs. */
const [fewestInChunk, mostInChunk] = [10, 100];

/**
 * The rows of computes. Whoever counts looks at the records of the jobs, so a row that a crash has left behind counts
 * nothing, and goes with the next write.
 */
export class PlaceStore {
  private readonly turns = new Turns();

  constructor(private readonly context: PlaceStoreContext) {}

  /** The jobs that were admitted, as a look without a turn shows them: nothing may be written because of it. */
  async look(of: PlacesOf): Promise<Pick<PlaceState, 'limit' | 'admitted'>> {
    const { limit, admitted } = await this.lookAtRows(of);
    const runs = await this.runs(admitted);
    return { limit, admitted: admitted.filter(({ value }) => counts(runs.get(value.job))) };
  }

  /** The same without a look at the records of the jobs: some may not run any more. */
  async lookAtRows(
    of: PlacesOf,
  ): Promise<{ readonly limit: number; readonly admitted: readonly Row<PlaceRow>[] }> {
    const [limit, admitted] = await Promise.all([this.limit(of), this.rows(of, admittedRows)]);
    return { limit, admitted };
  }

  /**
   * Asks what to write, and writes it where nobody else has written anything about this compute in between. `queue` says
   * whether those that wait to be admitted matter.
   */
  change<Answer>(
    of: PlacesOf,
    queue: boolean,
    decide: (state: PlaceState) => PlaceStep<Answer> | Promise<PlaceStep<Answer>>,
  ): Promise<Answer> {
    const { tables, pause = conflictPause } = this.context;
    const partition = placesPartition(of.compute);
    return this.turns.inTurn(partition, async () => {
      for (let conflict = 1; ; conflict++) {
        // The turn comes first: what is read after it is no older.
        const turn = await tables.get<Turn>(partition, turnRow);
        const { state, left } = await this.read(of, queue);
        const { changes, answer } = await decide(state);
        if (changes.length === 0) return answer;
        const removals = left.slice(0, mostCleanedUp).map(removalOf);
        const touched = new Set(changes.map(({ row }) => row));
        const further = removals.filter(({ row }) => !touched.has(row));
        try {
          await tables.commit(partition, [turnChange(turn, state.limit), ...changes, ...further]);
          return answer;
        } catch (error) {
          if (!isFailure(error, 'RowConflict')) throw error;
        }
        await pause(conflict);
      }
    });
  }

  /** Notes a job that waits to be admitted. That takes no turn, as it changes nothing for others. */
  async enter(of: PlacesOf, { row, value }: Entry): Promise<void> {
    try {
      await this.context.tables.commit(placesPartition(of.compute), [{ kind: 'insert', row, value }]);
    } catch (error) {
      if (!isFailure(error, 'RowConflict')) throw error;
    }
  }

  /** The rows of a job: where it was admitted, and where it waited for that. */
  async ofJob(spec: JobSpec): Promise<readonly Row<PlaceRow>[]> {
    const partition = placesPartition(spec.compute);
    const keys = [admittedRows, queuedRows].map((kind) => newEntry(kind, spec).row);
    const rows = await Promise.all(keys.map((row) => this.context.tables.get<PlaceRow>(partition, row)));
    return rows.filter((row) => row !== undefined);
  }

  /** How many wait to be admitted, of those in front of a row. */
  async waiting(of: PlacesOf, before: string): Promise<number> {
    const rows = await this.rows(of, { ...queuedRows, before });
    return [...(await this.runs(rows)).values()].filter(counts).length;
  }

  private async read(
    of: PlacesOf,
    queue: boolean,
  ): Promise<{ state: PlaceState; left: readonly Row<PlaceRow>[] }> {
    const [limit, rows] = await Promise.all([this.limit(of), this.rows(of, admittedRows)]);
    const runs = await this.runs(rows);
    const admitted = rows.filter(({ value }) => counts(runs.get(value.job)));
    const left = rows.filter(({ value }) => isOver(runs.get(value.job)));
    const queued: Row<PlaceRow>[] = [];
    const free = limit - admitted.length;
    const known = new Set(rows.map(({ value }) => value.job));
    // Thousands may wait: no more of them are read than are asked about.
    const size = Math.min(mostInChunk, Math.max(fewestInChunk, free));
    let range: RowRange | undefined = queue && free > 0 ? { ...queuedRows, limit: size } : undefined;
    while (range !== undefined && queued.length < free) {
      const chunk = await this.rows(of, range);
      for (const [job, run] of await this.runs(chunk)) runs.set(job, run);
      for (const row of chunk) {
        const run = runs.get(row.value.job);
        if (known.has(row.value.job) || isOver(run)) left.push(row);
        else if (counts(run) && queued.length < free) queued.push(row);
      }
      const last = chunk.at(-1);
      range = chunk.length < size || last === undefined ? undefined : { ...range, from: `${last.row}!` };
    }
    return { state: { limit, admitted, queued, runs }, left };
  }

  /** What the compute allows now. Of one that is gone, what it allowed last. */
  private async limit({ compute, maxInstances }: PlacesOf): Promise<number> {
    const found = await this.context.computes.find(compute);
    if (found !== undefined) return found.value.maxInstances;
    const turn = await this.context.tables.get<Turn>(placesPartition(compute), turnRow);
    return turn?.value.limit ?? maxInstances;
  }

  private async rows({ compute }: PlacesOf, range: RowRange): Promise<Row<PlaceRow>[]> {
    const found: Row<PlaceRow>[] = [];
    for await (const row of this.context.tables.query<PlaceRow>(placesPartition(compute), range))
      found.push(row);
    return found;
  }

  private async runs(rows: readonly Row<PlaceRow>[]): Promise<Map<string, JobRun>> {
    const jobs = rows.map(({ value }) => value.job);
    const found = await this.context.tables.getOfEach<JobRun>(jobs.map(jobPartition), runRow);
    const runs = new Map<string, JobRun>();
    for (const [at, job] of jobs.entries()) {
      const run = found[at]?.value;
      if (run !== undefined) runs.set(job, run);
    }
    return runs;
  }
}

/** The change that writes an entry as it is now. */
export function writeOf({ row, etag, value }: Entry): RowChange {
  return etag === undefined ? { kind: 'insert', row, value } : { kind: 'replace', row, value, etag };
}

/** The change that removes a row that was read. */
export function removalOf({ row, etag = '' }: Entry): RowChange {
  return { kind: 'remove', row, etag };
}

/** Whether a job may be scored: one that stops, is committed or has ended gives nothing of a compute to anybody. */
function counts(run: JobRun | undefined): boolean {
  return run !== undefined && isStoppable(run.state);
}

/**
 * Whether nobody will come for the rows of a job. One that stops still does, and what waits for it is told then: its rows
 * say who that is.
 */
function isOver(run: JobRun | undefined): boolean {
  return run === undefined || isEnded(run.state);
}

function turnChange(turn: Row<Turn> | undefined, limit: number): RowChange {
  const value: Turn = { limit };
  return turn === undefined
    ? { kind: 'insert', row: turnRow, value }
    : { kind: 'replace', row: turnRow, value, etag: turn.etag };
}
