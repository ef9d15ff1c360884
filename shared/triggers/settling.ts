import { isFailure, type BatchpointError } from '../errors/batchpointError';
import { conflictPause } from '../stores/conflictPause';
import type { Row, RowChange, TableStore } from '../stores/tableStore';
import { settledRow, type Arrival, type SettledArrival } from './arrival';
import { Gathering } from './gathering';
import { triggerPartition } from './triggerKeys';

/** Sums over the arrivals of a trigger: one row. */
export interface TriggerTotals {
  /** Files that jobs were made for. */
  readonly taken: number;
  readonly lastJob?: string;
}

const totalsRow = 'totals';

/** An arrival as it waits, and what became of it: a job, or the reason for none. */
export interface Outcome {
  readonly open: Row<Arrival>;
  readonly job?: string;
  readonly reason?: BatchpointError;
}

/** Each takes two rows, and the sums one; a group has a hundred at most. */
const mostAtOnce = 49;

/** Writes down what became of the arrivals of a trigger: each once, also where two are at it. */
export class Settling {
  private readonly partition: string;
  private readonly groups: Gathering<Outcome, undefined>;

  constructor(
    private readonly tables: TableStore,
    key: string,
    private readonly now: () => Date,
  ) {
    this.partition = triggerPartition(key);
    this.groups = new Gathering(mostAtOnce, async (outcomes) => {
      await this.settleGroup(outcomes);
      return outcomes.map(() => undefined);
    });
  }

  async settle(outcome: Outcome): Promise<void> {
    await this.groups.add(outcome);
  }

  private async settleGroup(outcomes: readonly Outcome[]): Promise<void> {
    let left = outcomes;
    for (let conflict = 1; left.length > 0; conflict++) {
      const totals = await this.tables.get<TriggerTotals>(this.partition, totalsRow);
      try {
        await this.tables.commit(this.partition, [
          ...left.flatMap((each) => this.changesOf(each)),
          totalsChange(totals, left),
        ]);
        return;
      } catch (error) {
        if (!isFailure(error, 'RowConflict')) throw error;
        // What waits no more was settled by somebody else, or by this attempt, and the answer was lost.
        const present = await Promise.all(left.map(({ open }) => this.tables.get(this.partition, open.row)));
        left = left.filter(({ open }, i) => present[i]?.etag === open.etag);
        await conflictPause(conflict);
      }
    }
  }

  private changesOf({ open, job, reason }: Outcome): RowChange[] {
    const body = reason?.toBody();
    const value: SettledArrival = {
      ...open.value,
      ...(job === undefined ? {} : { job }),
      ...(body === undefined ? {} : { reason: { code: body.code, message: body.message } }),
      settledAt: this.now().toISOString(),
    };
    return [
      { kind: 'remove', row: open.row, etag: open.etag },
      { kind: 'put', row: settledRow(open.value), value },
    ];
  }
}

/** The sums of a trigger as they are now. */
export async function totalsOf(tables: TableStore, key: string): Promise<TriggerTotals> {
  return (await tables.get<TriggerTotals>(triggerPartition(key), totalsRow))?.value ?? { taken: 0 };
}

function totalsChange(totals: Row<TriggerTotals> | undefined, outcomes: readonly Outcome[]): RowChange {
  const jobs = outcomes.flatMap(({ job }) => job ?? []);
  const before = totals?.value ?? { taken: 0 };
  const lastJob = jobs.at(-1) ?? before.lastJob;
  const value: TriggerTotals = {
    taken: before.taken + jobs.length,
    ...(lastJob === undefined ? {} : { lastJob }),
  };
  if (totals === undefined) return { kind: 'insert', row: totalsRow, value };
  return { kind: 'replace', row: totalsRow, value, etag: totals.etag };
}
