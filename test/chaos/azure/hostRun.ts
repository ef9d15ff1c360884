import { check } from '../checker/check';
import type { Evidence } from '../checker/evidence';
import type { Violation } from '../checker/violation';
import type { Result } from '../scenario';

/** What a run on a host has done. */
export interface HostRun {
  readonly told: string;
  readonly faults: number;
  readonly evidence: readonly Evidence[];
  /** What was seen beside the jobs. */
  readonly violations?: readonly Violation[];
}

/** What came of a run, with all that the checker says of its jobs. */
export function resultOf({ told, faults, evidence, violations = [] }: HostRun): Result {
  return { told, faults, jobs: evidence.length, violations: [...violations, ...evidence.flatMap(check)] };
}

/** How jobs ended, on one line. */
export function endsOf(evidence: readonly Evidence[]): string {
  return evidence.map(({ answered, input }) => `${input.length} files ${answered.status}`).join(', ');
}
