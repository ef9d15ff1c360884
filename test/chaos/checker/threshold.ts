import type { Evidence } from './evidence';
import { toldAsFailed } from './failedFiles';
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
      ? isAbove(failed)
      : code === 'NoSucceededItem' && failed === input.length;
  return isExplained
    ? []
    : [
        `The job failed by ${code} with ${failed} failed files of ${input.length} and a threshold of ${threshold}.`,
      ];
}
