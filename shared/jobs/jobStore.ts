import { isEnded, isStoppable, mayMove, type JobState } from '../domain/jobState';
import { failure, isFailure } from '../errors/batchpointError';
import type { Notification } from '../notifications/notification';
import { isSameWrite } from '../stores/sameWrite';
import { conflictPause, type ConflictPause } from '../stores/conflictPause';
import type { Row, RowChange, TableStore } from '../stores/tableStore';
import { jobKey, jobPartition } from './jobKeys';
import { newRun, type JobRun, type StopReason } from './jobRun';
import type { JobSpec } from './jobSpec';

/** The rows of a job beside its claims. */
export const specRow = 'job';
export const runRow = 'run';
export const notificationsRow = 'notifications';
export const notifiedRow = 'notified';

/** A job as it is now. */
export interface Job {
  readonly spec: JobSpec;
  readonly run: JobRun;
}

/** The records of jobs. */
export class JobStore {
  constructor(
    private readonly tables: TableStore,
    private readonly now: () => Date,
    private readonly pause: ConflictPause = conflictPause,
  ) {}

  /**
   * Makes a job, with those who are told of its end; says whether it is new. A job of that name that is there already
   * stays as it is.
   */
  async create(spec: JobSpec, notifications: readonly Notification[] = []): Promise<boolean> {
    const run = newRun(spec.createdAt);
    const told: RowChange = { kind: 'insert', row: notificationsRow, value: notifications };
    try {
      await this.tables.commit(jobPartition(spec.key), [
        { kind: 'insert', row: specRow, value: spec },
        { kind: 'insert', row: runRow, value: run },
        ...(notifications.length === 0 ? [] : [told]),
      ]);
      return true;
    } catch (error) {
      if (!isFailure(error, 'RowConflict')) throw error;
      const run = await this.tables.get<JobRun>(jobPartition(spec.key), runRow);
      if (run?.value.removing !== undefined)
        throw failure('ResourceDeleting', { kind: 'job', name: spec.name }, { cause: error });
      // The answer of the first attempt may have been lost: then the job that is there is this very one.
      return isSameWrite(await this.spec(spec.key), spec);
    }
  }

  /** The job of that name, where there is one that is not being removed. */
  async find(name: string): Promise<Job | undefined> {
    const key = jobKey(name);
    const [spec, run] = await Promise.all([
      this.tables.get<JobSpec>(jobPartition(key), specRow),
      this.tables.get<JobRun>(jobPartition(key), runRow),
    ]);
    return present(spec, run);
  }

  /** The jobs of these names, in their order. */
  async findAll(names: readonly string[]): Promise<readonly (Job | undefined)[]> {
    const partitions = names.map((name) => jobPartition(jobKey(name)));
    const [specs, runs] = await Promise.all([
      this.tables.getOfEach<JobSpec>(partitions, specRow),
      this.tables.getOfEach<JobRun>(partitions, runRow),
    ]);
    return specs.map((spec, i) => present(spec, runs[i]));
  }

  /** The job of that name, or `ResourceNotFound`. */
  async get(name: string): Promise<Job> {
    const job = await this.find(name);
    if (job === undefined) {
      throw failure('ResourceNotFound', { kind: 'job', name, command: 'batchpoint job list' });
    }
    return job;
  }

  async spec(key: string): Promise<JobSpec> {
    const row = await this.tables.get<JobSpec>(jobPartition(key), specRow);
    if (row === undefined) throw failure('JobRecordMissing', { key });
    return row.value;
  }

  /** Who is told of the end of a job, with what is secret in it; nobody where the job is not there any more. */
  async notifications(key: string): Promise<readonly Notification[]> {
    const row = await this.tables.get<readonly Notification[]>(jobPartition(key), notificationsRow);
    return row?.value ?? [];
  }

  async run(key: string): Promise<Row<JobRun>> {
    const row = await this.tables.get<JobRun>(jobPartition(key), runRow);
    if (row === undefined) throw failure('JobRecordMissing', { key });
    return row;
  }

  /**
   * Changes the run row: reads it, asks `update` for the new one, writes it where nobody else did in between, and
   * begins anew where somebody did. `update` gives nothing where there is nothing to change. Answers the row as
   * it is afterwards.
   */
  async change(key: string, update: (run: JobRun) => JobRun | undefined): Promise<JobRun> {
    for (let conflict = 1; ; conflict++) {
      const row = await this.run(key);
      const next = update(row.value);
      if (next === undefined) return row.value;
      if (await this.replace(key, row, next)) return next;
      await this.pause(conflict);
    }
  }

  /** Writes the run row where nobody has written it since it was read; says whether that was so. */
  async replace(key: string, read: Row<JobRun>, next: JobRun): Promise<boolean> {
    const change = { kind: 'replace', row: runRow, value: next, etag: read.etag } as const;
    try {
      await this.tables.commit(jobPartition(key), [change]);
      return true;
    } catch (error) {
      if (isFailure(error, 'RowConflict')) return false;
      throw error;
    }
  }

  /** Moves a job to a state where its state allows that; otherwise it stays. Answers the run as it is then. */
  move(key: string, to: JobState, extra: (run: JobRun) => Partial<JobRun> = () => ({})): Promise<JobRun> {
    return this.change(key, (run) =>
      mayMove(run.state, to) ? { ...run, ...extra(run), state: to } : undefined,
    );
  }

  /**
   * Asks a job to stop, where the reason still `holds`: a late delivery must not stop what another one has done. The
   * first reason stays; after the commit has been decided nothing happens. Answers the run as it is then.
   */
  stop(key: string, reason: StopReason, holds: (run: JobRun) => boolean = () => true): Promise<JobRun> {
    const finishing = this.now().toISOString();
    return this.change(key, (run) =>
      isStoppable(run.state) && holds(run)
        ? { ...run, state: 'Stopping', stop: reason, times: { ...run.times, finishing } }
        : undefined,
    );
  }

  /** Cancels a job for a person. Fails with `JobNotCancellable` where it is past that. */
  async cancel(name: string, by: string): Promise<void> {
    const { spec, run } = await this.get(name);
    const after = isStoppable(run.state) ? await this.stop(spec.key, { cancelled: true, by }) : run;
    if (after.stop?.cancelled === true && (after.state === 'Stopping' || after.state === 'Canceled')) return;
    throw failure('JobNotCancellable', {
      job: spec.name,
      state: isEnded(after.state) ? `has ended as ${after.state}` : 'is past the point of no return',
    });
  }
}

/** A job of which both rows are there. One that is being removed is there for nobody but its removal. */
function present(spec: Row<JobSpec> | undefined, run: Row<JobRun> | undefined): Job | undefined {
  if (spec === undefined || run === undefined || run.value.removing !== undefined) return undefined;
  return { spec: spec.value, run: run.value };
}
