import type { Evidence } from './evidence';
import type { Violation } from './violation';

/** I9: a job has ended, by what the API says of it. */
export function endlessJob({ answered, stuck }: Evidence): Violation[] {
  if (stuck === undefined && ['Completed', 'Failed', 'Canceled'].includes(answered.status)) return [];
  const where = stuck === undefined ? '' : ` What it was at is in ${stuck}.`;
  return [{ invariant: 'I9', seen: `The job is still ${answered.status}.${where}` }];
}
