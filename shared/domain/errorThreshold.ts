/** The error threshold that ignores every failure. */
const ignoreAllFailures = -1;

/** Whether so many failed files stop the job: more than the threshold, unless it is -1. */
export function crossesThreshold(failedFiles: number, errorThreshold: number): boolean {
  return errorThreshold !== ignoreAllFailures && failedFiles > errorThreshold;
}

/**
 * The files of a mini-batch that count as failed: files in minus elements out, never below zero, as a `run()` may
 * well give more elements than it got files.
 */
export function failedFilesOf(files: number, elements: number): number {
  return Math.max(0, files - elements);
}
