import { crossesThreshold } from '../domain/errorThreshold';
import { isFailure, type BatchpointError } from '../errors/batchpointError';
import type { JobProgress, JobRun } from '../jobs/jobRun';
import type { JobStore } from '../jobs/jobStore';
import type { ClaimRow } from '../planning/claimRow';
import type { ClaimId, Claims } from '../planning/claims';

/** How often the job's record is read while a claim is scored, and progress is written. */
const pollMilliseconds = 1_000;

/**
 * Keeps a claim that is being scored and the job's record in touch: progress goes in about once a second, and at
 * once where failures may stop the job; a stop that somebody else has raised comes out.
 */
export class ClaimWatch {
  /** Whether the job does not run any more. */
  jobStopped = false;
  /** Why the job's record can neither be read nor written: an error that another try does not mend. */
  fault: Error | undefined;
  private readonly stop = new AbortController();
  private readonly cancel = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private progress: JobProgress | undefined;
  private reported: Promise<void> = Promise.resolve();
  private failedElsewhere = 0;
  private polling = false;

  constructor(
    private readonly stores: { readonly claims: Claims; readonly jobs: JobStore },
    private readonly id: ClaimId,
    private readonly claim: ClaimRow,
    private readonly errorThreshold: number,
    readonly now: () => Date,
  ) {
    this.timer = setInterval(() => void this.poll(), pollMilliseconds);
  }

  /** Whether no further mini-batch is to be begun. */
  get stopping(): boolean {
    return this.stop.signal.aborted;
  }

  /** Raised when no further mini-batch is to be begun. */
  get stopped(): AbortSignal {
    return this.stop.signal;
  }

  /** Raised when a person has cancelled the job: the `run()` at work is to be ended. */
  get cancelled(): AbortSignal {
    return this.cancel.signal;
  }

  /** A mini-batch was scored without failures. */
  scored(progress: JobProgress): void {
    this.progress = progress;
  }

  /** Files failed: where the sum may cross the threshold, the job's record decides before anything else begins. */
  async failed(progress: JobProgress): Promise<void> {
    this.progress = progress;
    if (crossesThreshold(this.failedElsewhere + progress.failedFiles, this.errorThreshold))
      await this.report();
  }

  /** Notes that a mini-batch is begun. */
  begin(miniBatch: number): Promise<void> {
    return this.stores.claims.begin(this.claim, this.id, miniBatch);
  }

  /** Stops the job, as its scorer cannot be started. */
  async fail(error: BatchpointError): Promise<void> {
    this.stop.abort();
    await this.stores.jobs.stop(this.id.job, { cancelled: false, error: error.toBody() });
    this.jobStopped = true;
  }

  close(): void {
    clearInterval(this.timer);
  }

  private async poll(): Promise<void> {
    if (this.polling) return;
    this.polling = true;
    try {
      if (this.progress === undefined) this.see((await this.stores.jobs.run(this.id.job)).value);
      else await this.report();
    } catch (error) {
      // The store may be away for a moment: the next poll, or the outcome itself, will tell.
      if (isFailure(error) && error.retryable) return;
      this.fault = error as Error;
      this.stop.abort();
    } finally {
      this.polling = false;
    }
  }

  /** Reports go one after the other: an older one that comes late would hide failures. */
  private report(): Promise<void> {
    const before = this.reported;
    this.reported = before.catch(() => undefined).then(() => this.reportNow());
    return this.reported;
  }

  private async reportNow(): Promise<void> {
    const progress = this.progress;
    if (progress === undefined) return;
    this.progress = undefined;
    const run = await this.stores.claims.report(this.claim, this.id, progress, this.errorThreshold);
    this.failedElsewhere = run.progress.failedFiles - progress.failedFiles;
    this.see(run);
  }

  private see(run: JobRun): void {
    if (run.state === 'Running') return;
    this.jobStopped = true;
    this.stop.abort();
    if (run.stop?.cancelled === true) this.cancel.abort();
  }
}
