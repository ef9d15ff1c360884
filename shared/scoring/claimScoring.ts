import { failedFilesOf } from '../domain/errorThreshold';
import { failure, type BatchpointError } from '../errors/batchpointError';
import type { JobSettings } from '../jobs/jobSpec';
import { addProgress, noProgress, type JobProgress } from '../jobs/jobRun';
import type { ClaimRow } from '../planning/claimRow';
import { attemptFault, fileFault } from './attemptFaults';
import type { ClaimFiles } from './claimFiles';
import { ClaimLog } from './claimLog';
import type { ClaimWatch } from './claimWatch';
import type { MiniBatchFeed, ReadyMiniBatch } from './miniBatchFeed';
import { nodeName } from './scorer';
import type { Worker, WorkerEvent } from './worker';
import type { ExceptionFields, HostMessage, WorkerMessage } from './workerMessages';

/** What one attempt at a claim works with. */
export interface ClaimScoringContext {
  readonly claim: ClaimRow;
  readonly settings: JobSettings;
  readonly feed: MiniBatchFeed;
  readonly files: ClaimFiles;
  readonly watch: ClaimWatch;
  /** A ready worker; `undefined` once the job stops. */
  readonly acquire: () => Promise<Worker | undefined>;
  readonly release: (worker: Worker) => Promise<void>;
  readonly discard: (worker: Worker) => Promise<void>;
  /** When the activity has to be at its end, in milliseconds of `performance.now()`. */
  readonly deadline: number;
}

/** Seconds of work that may lie ready in a worker, so that it never waits for the host. */
const queuedSeconds = 0.02;

/** Scores the mini-batches of a claim in their order, with tries and a timeout for each, in one worker after another. */
export class ClaimScoring {
  readonly log = new ClaimLog();
  progress: JobProgress = noProgress;
  firstScored: string | undefined;
  /** The first mini-batch without an outcome. */
  next: number;
  /** The worker that scored last, for the names of logs; before there is one, the host itself. */
  workerName = `${nodeName}/host`;
  readonly stdout: Buffer[] = [];
  readonly stderr: Buffer[] = [];
  private sent: number;
  private worker: Worker | undefined;
  private readonly tries = new Map<number, number>();
  /** Seconds that the tries of the mini-batch in front have taken. */
  private spent = 0;
  /** Whether the worker waits for a verdict. */
  private holds = false;

  constructor(private readonly context: ClaimScoringContext) {
    this.next = this.sent = context.claim.from;
    for (const [miniBatch, tries] of Object.entries(context.claim.charged))
      this.tries.set(Number(miniBatch), tries);
  }

  /** Tries that mini-batches without an outcome have used up: they go with them into the next claim. */
  get carried(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.tries].filter(([miniBatch]) => miniBatch >= this.next));
  }

  /** Scores until the claim is at its end, the job stops, or time is up. */
  async run(): Promise<void> {
    const { claim, watch } = this.context;
    try {
      while (this.next < claim.to && !watch.stopping && this.hasTime()) await this.step();
      if (this.worker !== undefined && (this.sent > this.next || this.holds)) await this.drain(this.worker);
      await this.giveBack();
    } finally {
      if (this.worker !== undefined) await this.lose(this.worker);
    }
  }

  private async step(): Promise<void> {
    const { settings, watch } = this.context;
    const head = await this.context.feed.get(this.next);
    if (this.sent === this.next) {
      const fault = head.fault ?? this.usedUp(this.next);
      if (fault !== undefined) return this.settleFailed(head, fault, []);
    }
    const worker = await this.ready();
    if (worker === undefined) return watch.stopNow();
    await this.queue(worker, head);
    const event = await worker.next(settings.timeoutSeconds * 1000, watch.cancelled);
    await this.take(worker, head, event);
  }

  /** Hands the worker what it can have: the mini-batch in front, and those behind it that are ready. */
  private async queue(worker: Worker, head: ReadyMiniBatch): Promise<void> {
    const { claim, feed, watch } = this.context;
    const limit = Math.min(claim.to, this.next + this.window());
    for (let i = this.sent; i < limit && (i === this.next || feed.has(i)); i++) {
      const miniBatch = i === this.next ? head : await feed.get(i);
      if (miniBatch.fault !== undefined || (i > this.next && this.tries.has(i))) return;
      if (i > this.next && !this.hasTime()) return;
      if (claim.attempt > 1) await watch.begin(i);
      worker.send(['score', i, miniBatch.paths]);
      this.sent = i + 1;
    }
  }

  /** From its second delivery on, a claim has one mini-batch at work at a time: the one that is noted. */
  private window(): number {
    if (this.context.claim.attempt > 1) return 1;
    const { miniBatches, seconds } = this.progress;
    if (miniBatches === 0) return 2;
    return Math.min(256, Math.max(2, Math.ceil(queuedSeconds / Math.max(seconds / miniBatches, 1e-5))));
  }

  private async take(worker: Worker, head: ReadyMiniBatch, event: WorkerEvent): Promise<void> {
    const { watch, settings } = this.context;
    if (event.kind === 'message') return this.takeMessage(worker, head, event.message);
    const lines = worker.stderr.lastLines() || '(nothing)';
    await this.lose(worker);
    this.sent = this.next;
    if (event.kind === 'silent' && watch.cancelled.aborted) return;
    const timedOut = event.kind === 'silent';
    this.spent += timedOut ? settings.timeoutSeconds : 0;
    const fault = timedOut
      ? failure('RunTimedOut', { seconds: settings.timeoutSeconds })
      : failure('WorkerDied', { how: event.how, lines });
    if (this.countTry(this.next) >= settings.maxTries) await this.settleFailed(head, fault, []);
  }

  private async takeMessage(worker: Worker, head: ReadyMiniBatch, message: WorkerMessage): Promise<void> {
    if (message[0] === 'done') return this.takeDone(worker, head, message);
    if (message[0] === 'broken') throw failure('WorkerBroken', { reason: message[1] });
    if (message[0] !== 'failed') return;
    const [, index, seconds, kind, ...exception] = message;
    this.spent += seconds;
    this.holds = true;
    if (this.countTry(index) < this.context.settings.maxTries) {
      if (this.hasTime() && !this.context.watch.stopping) this.decide(worker, ['again', index, head.paths]);
      return;
    }
    await this.settleFailed(head, attemptFault(kind, exception), exception);
    this.goOn(worker);
  }

  private async takeDone(
    worker: Worker,
    head: ReadyMiniBatch,
    message: Extract<WorkerMessage, readonly ['done', ...unknown[]]>,
  ): Promise<void> {
    const [, index, seconds, elements, rows, rowBytes, failures, scriptFiles] = message;
    const files = head.files.length;
    const failedFiles = failedFilesOf(files, elements);
    this.context.files.confirm(rowBytes, scriptFiles);
    this.spent += seconds;
    this.holds = elements < files;
    const tries = this.countTry(index);
    for (const [position, kind, ...exception] of failures) {
      const fault = fileFault(kind, exception);
      this.logFailure(head, fault, exception, [head.files[position] ?? ''], 1, tries);
    }
    if (failedFiles > failures.length) {
      const fault = failure('TooFewResults', { elements, files, failed: failedFiles });
      this.logFailure(head, fault, [], head.files, failedFiles, tries);
    }
    const [, firstKind, ...first] = failures[0] ?? [];
    const error =
      firstKind === undefined ? 'TooFewResults' : fileFault(firstKind, first as ExceptionFields).code;
    await this.settle(head, { failedFiles, rows, tries, error: failedFiles > 0 ? error : '' });
    if (this.holds) this.goOn(worker);
  }

  private async settleFailed(
    miniBatch: ReadyMiniBatch,
    fault: BatchpointError,
    exception: readonly string[],
  ): Promise<void> {
    const tries = this.tries.get(miniBatch.index) ?? 0;
    const failedFiles = miniBatch.files.length;
    this.logFailure(miniBatch, fault, exception, miniBatch.files, failedFiles, tries);
    await this.settle(miniBatch, { failedFiles, rows: 0, tries, error: fault.code });
  }

  /** A mini-batch has its result, one way or the other: it is counted, and the next one is in front. */
  private async settle(
    { index, files }: ReadyMiniBatch,
    result: { failedFiles: number; rows: number; tries: number; error: string },
  ): Promise<void> {
    const { feed, watch } = this.context;
    const { failedFiles, rows, tries, error } = result;
    const failed = failedFiles === files.length;
    this.log.report({
      miniBatch: index,
      result: failed ? 'failed' : failedFiles > 0 ? 'partial' : 'succeeded',
      files: files.length,
      failedFiles,
      rows,
      tries,
      worker: this.workerName,
      seconds: this.spent,
      error,
    });
    const done = {
      miniBatches: 1,
      failedMiniBatches: failed ? 1 : 0,
      files: files.length,
      failedFiles,
      rows,
      tries,
    };
    this.progress = addProgress(this.progress, { ...done, seconds: this.spent });
    this.firstScored ??= watch.now().toISOString();
    this.tries.delete(index);
    this.spent = 0;
    this.next = index + 1;
    this.sent = Math.max(this.sent, this.next);
    await feed.drop(await feed.get(index));
    if (failedFiles > 0) await watch.failed(this.progress);
    else watch.scored(this.progress);
  }

  private logFailure(
    { index }: ReadyMiniBatch,
    fault: BatchpointError,
    exception: readonly string[],
    files: readonly string[],
    failed: number,
    tries: number,
  ): void {
    const [type, , traceback] = exception;
    this.log.fail({
      miniBatch: index,
      files,
      failed,
      code: fault.code,
      message: fault.message,
      ...(type === undefined ? {} : { exception: type }),
      ...(traceback === undefined ? {} : { traceback }),
      tries,
      worker: this.workerName,
    });
  }

  /** Lets a worker that holds after a failure go on, unless the job is to stop there. */
  private goOn(worker: Worker): void {
    if (!this.context.watch.stopping) this.decide(worker, ['go']);
  }

  private decide(worker: Worker, verdict: HostMessage): void {
    this.holds = false;
    worker.send(verdict);
  }

  /** Takes back what is queued in the worker, and waits for the mini-batch that it is at. */
  private async drain(worker: Worker): Promise<void> {
    const { settings, watch, feed } = this.context;
    worker.send(['drop']);
    worker.send(['go']);
    while (this.worker !== undefined) {
      const event = await worker.next(settings.timeoutSeconds * 1000, watch.cancelled);
      if (event.kind !== 'message') return this.lose(worker);
      const [name] = event.message;
      if (name === 'dropped') return;
      if (name === 'done') await this.takeDone(worker, await feed.get(this.next), event.message);
      if (name === 'failed') this.countTry(event.message[1]);
      if (name === 'done' || name === 'failed') worker.send(['go']);
    }
  }

  private async ready(): Promise<Worker | undefined> {
    if (this.worker !== undefined) return this.worker;
    const { files, feed } = this.context;
    this.worker = await this.context.acquire();
    if (this.worker === undefined) return undefined;
    this.workerName = this.worker.name;
    await files.cutBack();
    this.worker.send(['begin', files.rows, files.written, feed.root]);
    return this.worker;
  }

  private async giveBack(): Promise<void> {
    if (this.worker === undefined) return;
    const worker = this.worker;
    const { stdout, stderr } = await worker.endClaim();
    this.keepPrinted(stdout, stderr);
    this.worker = undefined;
    await this.context.release(worker);
  }

  /** Ends a worker that hangs, died, or is not wanted any more; what it printed is kept. */
  private async lose(worker: Worker): Promise<void> {
    this.worker = undefined;
    await this.context.discard(worker);
    const { stdout, stderr } = worker.printed();
    this.keepPrinted(stdout, stderr);
  }

  private keepPrinted(stdout: Buffer, stderr: Buffer): void {
    this.stdout.push(stdout);
    this.stderr.push(stderr);
  }

  private countTry(index: number): number {
    const tries = (this.tries.get(index) ?? 0) + 1;
    this.tries.set(index, tries);
    return tries;
  }

  private usedUp(index: number): BatchpointError | undefined {
    const tries = this.tries.get(index) ?? 0;
    return tries < this.context.settings.maxTries ? undefined : failure('HostTakenDown', { tries });
  }

  /** Whether one more run() would be at its end before the activity has to be; the first one always may. */
  private hasTime(): boolean {
    const { deadline, settings, claim } = this.context;
    const atWork = this.sent - this.next + 1;
    if (this.next === claim.from && this.tries.size === 0 && this.sent === this.next) return true;
    return performance.now() + atWork * settings.timeoutSeconds * 1000 < deadline;
  }
}
