import { isFailure } from '../errors/batchpointError';
import type { NamedResources, Stored } from '../registry/namedResources';
import { conflictPause, type ConflictPause } from '../stores/conflictPause';
import { findRow } from '../stores/findRow';
import type { Row, RowChange, TableStore } from '../stores/tableStore';
import type { Schedule } from './schedule';
import { newState, timesOf, type NextRun, type ScheduleState } from './scheduleState';

/** One partition, so that a state and the note of when it is due change together. */
const partition = 'schedule-runs';

/** Rows of states, and of runs in the order in which they start. */
const states = { from: 'state:', before: 'state;' } as const;
const runs = 'due:';

/** That a schedule has a run to start. */
interface RunNote {
  readonly name: string;
}

/**
 * How far schedules are. There are two rows for each at most: its state, and a note of its next run under the time at which
 * that starts, so that one look at a range of them finds all that is to start. They go with the schedule.
 */
export class ScheduleStates {
  constructor(
    private readonly tables: TableStore,
    private readonly schedules: NamedResources<Schedule>,
    private readonly pause: ConflictPause = conflictPause,
  ) {}

  /** The state of a schedule, where there is one yet. */
  find(name: string): Promise<Row<ScheduleState> | undefined> {
    return findRow<ScheduleState>(this.tables, partition, stateRow(name));
  }

  /** The names of schedules with a run that starts at `time` or before, those first that are the first to start. */
  async startingBy(time: Date, limit: number): Promise<string[]> {
    const names: string[] = [];
    const range = { from: runs, before: `${runs}${time.toISOString()};`, limit };
    for await (const { value } of this.tables.query<RunNote>(partition, range)) names.push(value.name);
    return names;
  }

  /** Writes a state where nobody has since it was read; says whether that was so. */
  async write(before: Row<ScheduleState> | undefined, next: ScheduleState): Promise<boolean> {
    const row = stateRow(next.name);
    const change: RowChange =
      before === undefined
        ? { kind: 'insert', row, value: next }
        : { kind: 'replace', row, value: next, etag: before.etag };
    return this.commit(change, await this.noteChanges(next.name, before?.value.next, next.next));
  }

  /** Finds the next run of a schedule that is new or was changed; where it knows of that, nothing happens. */
  async follow(schedule: Stored<Schedule>): Promise<void> {
    for (let conflict = 1; ; conflict++) {
      const before = await this.find(schedule.name);
      if (before?.value.times === timesOf(schedule)) return;
      if (await this.write(before, newState(schedule, before?.value))) break;
      await this.pause(conflict);
    }
    // Whoever has deleted it meanwhile has looked for rows of it before there were any.
    await this.forget(schedule.name);
  }

  /** Removes what there is of a schedule that is gone. */
  async forget(name: string): Promise<void> {
    for (let conflict = 1; ; conflict++) {
      const before = await this.find(name);
      if (before === undefined || (await this.schedules.find(name)) !== undefined) return;
      const remove: RowChange = { kind: 'remove', row: before.row, etag: before.etag };
      if (await this.commit(remove, await this.noteChanges(name, before.value.next, undefined))) return;
      await this.pause(conflict);
    }
  }

  /** Makes up for whoever has written or deleted a schedule, and died before its state was. */
  async followAll(): Promise<void> {
    const known = new Map<string, ScheduleState>();
    for await (const { value } of this.tables.query<ScheduleState>(partition, states))
      known.set(value.name.toLowerCase(), value);
    for (const schedule of await this.schedules.list()) {
      const key = schedule.name.toLowerCase();
      if (known.get(key)?.times !== timesOf(schedule)) await this.follow(schedule);
      known.delete(key);
    }
    for (const { name } of known.values()) await this.forget(name);
  }

  private async commit(change: RowChange, notes: readonly RowChange[]): Promise<boolean> {
    try {
      await this.tables.commit(partition, [change, ...notes]);
      return true;
    } catch (error) {
      if (isFailure(error, 'RowConflict')) return false;
      throw error;
    }
  }

  private async noteChanges(
    name: string,
    before: NextRun | undefined,
    next: NextRun | undefined,
  ): Promise<RowChange[]> {
    if (before?.startsAt === next?.startsAt) return [];
    const value: RunNote = { name };
    const old = before === undefined ? undefined : await this.tables.get(partition, noteRow(name, before));
    return [
      ...(old === undefined ? [] : [{ kind: 'remove', row: old.row, etag: old.etag } as const]),
      ...(next === undefined ? [] : [{ kind: 'put', row: noteRow(name, next), value } as const]),
    ];
  }
}

function stateRow(name: string): string {
  return `${states.from}${name.toLowerCase()}`;
}

function noteRow(name: string, { startsAt }: NextRun): string {
  return `${runs}${startsAt}:${name.toLowerCase()}`;
}
