import { failedFilesOf } from '../domain/errorThreshold';
import { failure, type BatchpointError } from '../errors/batchpointError';
import { withoutSecrets } from '../errors/withoutSecrets';
import { addProgress, noProgress, type JobProgress } from '../jobs/jobRun';
import type { ClaimRow } from '../planning/claimRow';
import { entryName, type ManifestEntry } from '../planning/manifestEntry';
import { fileFault } from './attemptFaults';
import { ClaimLog } from './claimLog';
import type { FileChange } from './fileChanges';
import type { ReadyMiniBatch } from './miniBatchFeed';
import { nodeName } from './scorer';
import { resultOf, type DoneMessage } from './workerMessages';

/**
 * So many attempts have to be lost at a mini-batch before it counts as what took them down. One is no proof: a second
 * delivery finds a first one that is alive just like one that is dead, and a host may be killed for other reasons.
 */
const lostAsProof = 2;

/** What one attempt at a claim has to account for: tries, results, times, failures. */
export class ClaimTally {
  readonly log = new ClaimLog();
  progress: JobProgress = noProgress;
  firstScored: string | undefined;
  /** Seconds that the slowest mini-batch took. */
  slowest = 0;
  /** The first mini-batch that has no result yet. */
  next: number;
  /** The worker that scored last, for the names of logs; before there is one, the host itself. */
  worker = `${nodeName}/host`;
  private readonly tries = new Map<number, number>();
  /** Attempts that each mini-batch has taken down with it. Each is charged as a try. */
  private readonly takenDown = new Map<number, number>();
  /** Seconds that the tries of the mini-batch in front have taken. */
  private spent = 0;

  constructor(
    claim: ClaimRow,
    private readonly maxTries: number,
    private readonly now: () => Date,
  ) {
    this.next = claim.from;
    for (const [miniBatch, tries] of Object.entries(claim.charged)) this.tries.set(Number(miniBatch), tries);
    for (const [miniBatch, attempts] of Object.entries(claim.lost))
      if (attempts >= lostAsProof) this.takenDown.set(Number(miniBatch), attempts);
  }

  /** Tries that mini-batches without a result have used up: they go with them into the next delivery. */
  get carried(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.tries].filter(([miniBatch]) => miniBatch >= this.next));
  }

  /** Whether a mini-batch has been tried before. */
  wasTried(miniBatch: number): boolean {
    return this.triesOf(miniBatch) > 0;
  }

  /** Counts a try that failed after so many seconds; says whether another one is left. */
  countFailedTry(seconds: number): boolean {
    this.spent += seconds;
    return this.countTry() < this.maxTries;
  }

  /** The fault of a mini-batch that has no try left although none has told a result: it took the host down. */
  get usedUp(): BatchpointError | undefined {
    const tries = this.takenDown.get(this.next) ?? 0;
    if (tries === 0 || this.triesOf(this.next) < this.maxTries) return undefined;
    return failure('HostTakenDown', { tries });
  }

  /** All tries of a mini-batch failed, or it cannot be tried: its files count as failed. */
  settleFailed(miniBatch: ReadyMiniBatch, fault: BatchpointError, exception: readonly string[]): void {
    const tries = this.triesOf(miniBatch.index);
    const { entries } = miniBatch;
    this.logUnreadable(miniBatch, tries);
    if (entries.length > 0) this.logFailure(miniBatch, fault, exception, entries, entries.length, tries);
    this.settle(miniBatch, { failed: entries.length, rows: 0, tries, error: fault.code });
  }

  /** A `run()` gave a result. Answers the number of files that count as failed, with those that could not be had. */
  settleDone(miniBatch: ReadyMiniBatch, message: DoneMessage): number {
    const { seconds, elements, rows, failures } = resultOf(message);
    const { entries, unreadable } = miniBatch;
    const failed = failedFilesOf(entries.length, elements);
    this.spent += seconds;
    const tries = this.countTry();
    let error: string = unreadable[0]?.fault.code ?? '';
    this.logUnreadable(miniBatch, tries);
    for (const [position, kind, ...exception] of failures) {
      const fault = fileFault(kind, exception);
      error ||= fault.code;
      this.logFailure(miniBatch, fault, exception, entries.slice(position, position + 1), 1, tries);
    }
    if (failed > failures.length) {
      const fault = failure('TooFewResults', { elements, files: entries.length, failed });
      error ||= fault.code;
      this.logFailure(miniBatch, fault, [], entries, failed, tries);
    }
    return this.settle(miniBatch, { failed, rows, tries, error });
  }

  /** Counts files of a mini-batch that has its result which changed after they were listed. */
  countChanged(miniBatch: number, changes: readonly FileChange[]): void {
    if (changes.length === 0) return;
    for (const { entry, noticed, version } of changes)
      this.log.change({ miniBatch, file: entryName(entry), noticed, version });
    this.progress = addProgress(this.progress, { ...noProgress, changedFiles: changes.length });
  }

  /** Answers the number of files that count as failed. */
  private settle(
    { index, entries, unreadable }: ReadyMiniBatch,
    result: { failed: number; rows: number; tries: number; error: string },
  ): number {
    const { rows, tries, error } = result;
    const files = entries.length + unreadable.length;
    const failedFiles = result.failed + unreadable.length;
    const failed = failedFiles === files;
    this.log.report({
      miniBatch: index,
      result: failed ? 'failed' : failedFiles > 0 ? 'partial' : 'succeeded',
      files,
      failedFiles,
      rows,
      tries,
      worker: this.worker,
      seconds: this.spent,
      error,
    });
    this.progress = addProgress(this.progress, {
      miniBatches: 1,
      failedMiniBatches: failed ? 1 : 0,
      files,
      failedFiles,
      rows,
      tries,
      seconds: this.spent,
    });
    this.firstScored ??= this.now().toISOString();
    this.slowest = Math.max(this.slowest, this.spent);
    this.tries.delete(index);
    this.spent = 0;
    this.next = index + 1;
    return failedFiles;
  }

  private countTry(): number {
    this.tries.set(this.next, (this.tries.get(this.next) ?? 0) + 1);
    return this.triesOf(this.next);
  }

  private triesOf(miniBatch: number): number {
    return (this.tries.get(miniBatch) ?? 0) + (this.takenDown.get(miniBatch) ?? 0);
  }

  /** What could not be had fails by itself: each has a reason of its own. */
  private logUnreadable(miniBatch: ReadyMiniBatch, tries: number): void {
    for (const { entry, fault } of miniBatch.unreadable)
      this.logFailure(miniBatch, fault, [], [entry], 1, tries);
  }

  private logFailure(
    { index }: ReadyMiniBatch,
    fault: BatchpointError,
    [exception, , traceback]: readonly string[],
    entries: readonly ManifestEntry[],
    failed: number,
    tries: number,
  ): void {
    this.log.fail({
      miniBatch: index,
      files: entries.map(entryName),
      failed,
      tries,
      code: fault.code,
      message: fault.message,
      ...(exception === undefined ? {} : { exception }),
      ...(traceback === undefined || traceback === '' ? {} : { traceback: withoutSecrets(traceback) }),
      worker: this.worker,
    });
  }
}
