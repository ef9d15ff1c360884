/** What a job waits for, as people and programs are told. */
export interface ShownQueue {
  readonly compute: string;
  /** Its place in the line, from 1 on. */
  readonly position: number;
  readonly maxInstances: number;
  /** The jobs that were admitted; the names of those that a caller may not see are left out. */
  readonly holders: readonly { readonly job?: string; readonly instances: number }[];
}

/** Jobs that are named; of the others their number is told. */
const mostNamed = 3;

/** Why a job is queued, in one line. */
export function queueText({ compute, position, maxInstances, holders }: ShownQueue): string {
  const all = maxInstances === 1 ? 'its one instance is' : `all its ${maxInstances} instances are`;
  const named = holders.flatMap(({ job }) => (job === undefined ? [] : [job])).slice(0, mostNamed);
  const others = holders.length - named.length;
  const rest = `${others}${named.length === 0 ? '' : ' more'} ${others === 1 ? 'job' : 'jobs'}`;
  const who = [...named, ...(others === 0 ? [] : [rest])].join(', ');
  return `Number ${position} in the line of the compute '${compute}': ${all} kept for ${who}`;
}
