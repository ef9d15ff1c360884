import type { Evidence } from './evidence';
import { miniBatchesOf, toldAsFailed, triesBegun } from './failedFiles';
import type { Violation } from './violation';

/** I8: a job completes with no more failed files than its threshold, and fails by nothing else than by too many. */
export function brokenThreshold(evidence: Evidence): Violation[] {
  return seenOf(evidence).map((seen) => ({ invariant: 'I8', seen }));
}

function seenOf(evidence: Evidence): string[] {
  const { answered, limits, mustFail, input, excused } = evidence;
  const { threshold } = limits;
  const failed = toldAsFailed(evidence).length;
  const isAbove = (count: number): boolean => threshold >= 0 && count > threshold;
  if (answered.status === 'Completed') {
    const most = Math.max(failed, mustFail.size);
    return isAbove(most)
      ? [`The job completed with ${most} failed files and a threshold of ${threshold}.`]
      : [];
  }
  if (answered.status !== 'Failed') return [];
  const code = answered.error?.code ?? '';
  if (excused.includes(code)) return [];
  const isExplained =
    code === 'ErrorThresholdExceeded'
      ? isAbove(failed + failedUntold(evidence))
      : code === 'NoSucceededItem' && failed === input.length;
  return isExplained
    ? []
    : [
        `The job failed by ${code} with ${failed} failed files of ${input.length} and a threshold of ${threshold}.`,
      ];
}

/**
 * Files that failed with all tries of their mini-batches, and of which a process was to tell that a fault took away: they
 * were counted, which stopped the job, and nobody scores them again.
 */
function failedUntold(evidence: Evidence): number {
  if (evidence.repeats === 0) return 0;
  const told = new Set(toldAsFailed(evidence));
  const begun = triesBegun(evidence);
  return miniBatchesOf(evidence)
    .filter((files) => (begun.get(files[0]?.name ?? '') ?? 0) >= evidence.limits.tries)
    .flat()
    .filter(({ name }) => evidence.mustFail.has(name) && !told.has(name)).length;
}
