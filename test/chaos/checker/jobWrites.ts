import type { Evidence } from './evidence';
import type { RowWrite, Write } from './journal';

const ends = ['Completed', 'Failed', 'Canceled'];

/** Whether a write may have been done: it was not surely refused. */
export function mayBeDone({ refused }: Write): boolean {
  return refused === undefined;
}

/** A change of the run row of a job: the state that it goes to, and the write. */
interface StateWrite {
  readonly state: string;
  readonly write: Write;
}

/** The writes of the run row of a job, which may have been done, in the order of their beginnings. */
export function stateWrites({ journal, job }: Evidence): StateWrite[] {
  return journal.filter(mayBeDone).flatMap((write) =>
    write.op === 'rows' && write.name === `job:${job.key}`
      ? (write.changes ?? []).flatMap((change) => {
          const state = stateOf(change);
          return state === undefined ? [] : [{ state, write }];
        })
      : [],
  );
}

function stateOf({ row, value }: RowWrite): string | undefined {
  const state = row === 'run' ? value?.['state'] : undefined;
  return typeof state === 'string' ? state : undefined;
}

/** The write that ended the job. Where nobody was told that it was done, the last that was begun. */
export function endOf(evidence: Evidence): StateWrite | undefined {
  const last = stateWrites(evidence).filter(({ state }) => ends.includes(state));
  return last.find(({ write }) => write.ended !== undefined) ?? last.at(-1);
}

/** When the job was at its end for sure. */
export function endTime(evidence: Evidence): number {
  const { write } = endOf(evidence) ?? {};
  return write?.ended ?? write?.begun ?? Infinity;
}

/** The writes to the place of the output, which may have been done. */
export function outputWrites({ journal, output }: Evidence): Write[] {
  const isThere = ({ op, name }: Write): boolean =>
    name.startsWith(output.prefix) || (op === 'removeAll' && output.prefix.startsWith(name));
  return journal.filter((write) => write.store === output.store && isThere(write) && mayBeDone(write));
}
