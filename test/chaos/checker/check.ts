import { changesAfterTheEnd } from './afterTheEnd';
import { disagreements } from './agreement';
import type { Evidence } from './evidence';
import { endlessJob } from './ending';
import { lostOrDoubledRows } from './keys';
import { changedOutput } from './oneOutput';
import { otherBytes } from './outputBytes';
import { brokenThreshold } from './threshold';
import { tooManyTries } from './tries';
import type { Violation } from './violation';
import { untimelyOutput } from './visibility';
import { missingEvidence } from './witnesses';

const checks = [
  lostOrDoubledRows,
  otherBytes,
  untimelyOutput,
  changedOutput,
  changesAfterTheEnd,
  disagreements,
  tooManyTries,
  brokenThreshold,
  missingEvidence,
] as const;

/**
 * What did not hold of a job, decided from outside: by what was written to the stores, by the files, by what the script
 * noted itself, and by what the API answered. The engine's own counters are compared, never believed.
 */
export function check(evidence: Evidence): Violation[] {
  const endless = endlessJob(evidence);
  // Of a job that has not ended, the rest is not decided yet.
  if (endless.length > 0) return endless;
  return checks.flatMap((one) => one(evidence));
}
