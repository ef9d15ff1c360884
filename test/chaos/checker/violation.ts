/** What must hold of every job, and of what starts and tells of jobs, whatever happens to the processes that run it. */
export const invariants = {
  I1: 'Rows in are rows out and rows of failed files: none is lost, none is doubled.',
  I2: 'The output has the bytes of a plain loop over the same files.',
  I3: 'Nothing is at the output path before the commit is decided, and nothing ever after a failure or a cancel.',
  I4: 'The output is created once and never changes.',
  I5: 'Nothing readable of a job changes after its end.',
  I6: 'Status, output and summary agree.',
  I7: 'A mini-batch is tried no more often than its limit, but for deliveries that a fault repeats.',
  I8: 'The error threshold holds.',
  I9: 'Every job ends.',
  I10: 'Each version of a file that lands for a trigger is scored by one job, and by no other.',
  I11: 'Each time that a schedule is due has one job.',
  I12: 'The end of a job is told to each receiver at least once, under one id.',
} as const;

export type Invariant = keyof typeof invariants;

/** An invariant that did not hold, and what was seen. */
export interface Violation {
  readonly invariant: Invariant;
  readonly seen: string;
}
