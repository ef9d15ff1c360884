import { failure, isFailure } from '../errors/batchpointError';
import type { JobSettings } from '../jobs/jobSpec';
import type { ClaimRow } from '../planning/claimRow';
import { entryPath } from '../planning/manifestEntry';
import { attemptFault, brokenFault } from './attemptFaults';
import type { ClaimFiles } from './claimFiles';
import type { ClaimTally } from './claimTally';
import type { ClaimWatch } from './claimWatch';
import type { MiniBatchFeed, ReadyMiniBatch } from './miniBatchFeed';
import type { ScoringWorker } from './scoringWorker';
import { outOfTurn, type WorkerEvent } from './worker';
import { deathFault } from './workerDeath';
import {
  resultOf,
  type DoneMessage,
  type FailedMessage,
  type Handed,
  type HostMessage,
  type WorkerMessage,
} from './workerMessages';

/** What one attempt at a claim works with. */
export interface ClaimScoringContext {
  readonly claim: ClaimRow;
  readonly settings: JobSettings;
  readonly tally: ClaimTally;
  readonly feed: MiniBatchFeed;
  readonly files: ClaimFiles;
  readonly watch: ClaimWatch;
  /** A ready worker; `undefined` once the job stops, or where none could be had in time. */
  readonly acquire: () => Promise<ScoringWorker | undefined>;
  readonly release: (worker: ScoringWorker) => Promise<void>;
  readonly discard: (worker: ScoringWorker) => Promise<void>;
  /** When the activity has to be at its end, in milliseconds of `performance.now()`. */
  readonly deadline: number;
}

/** Seconds of work that may lie ready in a worker, so that it never waits for the host. */
const queuedSeconds = 0.02;

/** The most mini-batches that lie ready in a worker. */
const mostQueued = 256;

/** From this delivery of a claim on, files fail for which the store of the input is still away. */
const lastDelivery = 5;

/** Scores the mini-batches of a claim in their order, with tries and a timeout for each, in one worker after another. */
export class ClaimScoring {
  readonly stdout: Buffer[] = [];
  readonly stderr: Buffer[] = [];
  private readonly tally: ClaimTally;
  /** The first mini-batch that no worker has been handed. */
  private sent: number;
  private worker: ScoringWorker | undefined;
  /** Whether the worker waits for a verdict. */
  private holds = false;
  /** Whether no worker could be had, or the next mini-batch not in time. */
  private hasGivenUp = false;

  constructor(private readonly context: ClaimScoringContext) {
    this.tally = context.tally;
    this.sent = context.claim.from;
  }

  /** Scores until the claim is at its end, the job stops, or time is up. */
  async run(): Promise<void> {
    const { claim, watch } = this.context;
    try {
      while (this.tally.next < claim.to && !watch.stopping && !this.hasGivenUp && this.hasTime())
        await this.step();
      if (this.worker !== undefined && (this.sent > this.tally.next || this.holds))
        await this.drain(this.worker);
      await this.giveBack();
    } finally {
      if (this.worker !== undefined) await this.lose(this.worker);
    }
  }

  /** Hands out what can be handed out, and takes in one event. */
  private async step(): Promise<void> {
    const { feed, settings, watch } = this.context;
    const head = await feed.get(this.tally.next);
    // The next delivery has time for it. One that had all the time of a delivery for itself comes too slowly.
    if (head.unfinished === true && (watch.stopping || this.tally.next > this.context.claim.from)) {
      this.hasGivenUp = true;
      return;
    }
    if (head.passing !== undefined && this.waitsForStores()) {
      // No fault of the files: what is done so far is kept, and the rest is delivered again.
      if (this.tally.next === this.context.claim.from) throw head.passing;
      this.hasGivenUp = true;
      return;
    }
    const fault = this.sent === this.tally.next ? (head.fault ?? this.tally.usedUp) : undefined;
    if (fault !== undefined) {
      this.tally.settleFailed(head, fault, []);
      return this.settled(head, true);
    }
    const worker = await this.ready();
    if (worker === undefined) {
      this.hasGivenUp = true;
      return;
    }
    await this.queue(worker, head);
    const event = await worker.next(settings.timeoutSeconds * 1000, watch.cancelled);
    await this.take(worker, head, event);
  }

  /** Hands the worker what it can have: the mini-batch in front, and those behind it that are ready. */
  private async queue(worker: ScoringWorker, head: ReadyMiniBatch): Promise<void> {
    const { claim, feed, watch } = this.context;
    const limit = Math.min(claim.to, this.tally.next + this.window());
    for (let i = this.sent; i < limit; i++) {
      const inFront = i === this.tally.next;
      if (!inFront && (!feed.has(i) || this.tally.wasTried(i) || !this.hasTime())) return;
      const miniBatch = inFront ? head : await feed.get(i);
      if (miniBatch.fault !== undefined) return;
      if (miniBatch.passing !== undefined && this.waitsForStores()) return;
      if (claim.attempt > 1) await watch.begin(i);
      worker.send(['score', ...handed(miniBatch)]);
      this.sent = i + 1;
    }
  }

  /** Whether files that cannot be had just now are left to a later delivery. */
  private waitsForStores(): boolean {
    return this.context.claim.attempt < lastDelivery;
  }

  /** From its second delivery on, a claim has one mini-batch at work at a time: the one that is noted. */
  private window(): number {
    if (this.context.claim.attempt > 1) return 1;
    const { miniBatches, seconds } = this.tally.progress;
    if (miniBatches === 0) return 2;
    const each = Math.max(seconds / miniBatches, queuedSeconds / mostQueued);
    return Math.max(2, Math.ceil(queuedSeconds / each));
  }

  private async take(worker: ScoringWorker, head: ReadyMiniBatch, event: WorkerEvent): Promise<void> {
    const { watch, settings } = this.context;
    if (event.kind === 'message' && isAbout(event.message, head.index))
      return this.takeMessage(worker, head, event.message);
    const lines = worker.stderr.lastLines();
    await this.lose(worker);
    const timedOut = event.kind === 'silent';
    if (timedOut && watch.cancelled.aborted) return;
    const { timeoutSeconds } = settings;
    if (this.tally.countFailedTry(timedOut ? timeoutSeconds : 0)) return;
    const fault = timedOut
      ? failure('RunTimedOut', { seconds: timeoutSeconds })
      : deathFault(event.kind === 'died' ? event : { how: outOfTurn }, 'run()', lines);
    this.tally.settleFailed(head, fault, []);
    await this.settled(head, true);
  }

  private async takeMessage(
    worker: ScoringWorker,
    head: ReadyMiniBatch,
    message: WorkerMessage,
  ): Promise<void> {
    if (message[0] === 'done') return this.takeDone(worker, head, message);
    if (message[0] === 'broken') throw brokenFault(message[1], this.context.files.folder);
    if (message[0] !== 'failed') return;
    this.holds = true;
    if (await this.triedInVain(head, message)) this.decide(worker, ['go']);
    else if (this.hasTime()) this.decide(worker, ['again', ...handed(head)]);
  }

  /** Counts a try that failed; where it was the last one, the mini-batch has failed. */
  private async triedInVain(head: ReadyMiniBatch, message: FailedMessage): Promise<boolean> {
    const [, , seconds, kind, ...exception] = message;
    if (this.tally.countFailedTry(seconds)) return false;
    this.tally.settleFailed(head, attemptFault(kind, exception), exception);
    await this.settled(head, true);
    return true;
  }

  private async takeDone(worker: ScoringWorker, head: ReadyMiniBatch, message: DoneMessage): Promise<void> {
    const { elements } = resultOf(message);
    this.holds = elements < head.files.length;
    const failed = (await this.keepRows(head, message)) ? this.tally.settleDone(head, message) > 0 : true;
    await this.settled(head, failed);
    if (this.holds) this.decide(worker, ['go']);
  }

  /** Takes over what a mini-batch has written. Rows that cannot be written as the output is to be are its fault. */
  private async keepRows(head: ReadyMiniBatch, message: DoneMessage): Promise<boolean> {
    const { files, watch } = this.context;
    const { rowBytes, scriptFiles, seconds } = resultOf(message);
    const source = { index: head.index, files: head.entries.map(entryPath) };
    const fault = await files.encoded?.add(source, {
      blocks: files.rows,
      from: files.rowBytes,
      bytes: rowBytes,
    });
    if (fault === undefined) {
      files.confirm(rowBytes, scriptFiles);
      return true;
    }
    files.refuse(rowBytes, scriptFiles);
    // No file can be made of these rows and those before them: whatever is scored from here on is in vain.
    if (isFailure(fault, 'OutputSchemaDiffers')) await watch.fail(fault);
    // Another try would most likely give the same result.
    this.tally.countFailedTry(seconds);
    this.tally.settleFailed(head, fault, []);
    return false;
  }

  /** A mini-batch has its result: the next one is in front, unless its failures stop the job. */
  private async settled(miniBatch: ReadyMiniBatch, failed: boolean): Promise<void> {
    const { feed, watch } = this.context;
    this.sent = Math.max(this.sent, this.tally.next);
    this.tally.countChanged(miniBatch.index, await feed.changes(miniBatch));
    await feed.drop(miniBatch);
    if (failed) await watch.failed(this.tally.progress);
    else watch.scored(this.tally.progress);
  }

  /** Lets a worker that holds after a failure go on, unless the job is to stop there. */
  private decide(worker: ScoringWorker, verdict: HostMessage): void {
    if (this.context.watch.stopping) return;
    this.holds = false;
    worker.send(verdict);
  }

  /** Takes back what is queued in the worker, and waits for the mini-batch that it is at. */
  private async drain(worker: ScoringWorker): Promise<void> {
    const { settings, watch, feed } = this.context;
    worker.send(['drop']);
    worker.send(['go']);
    for (;;) {
      const event = await worker.next(settings.timeoutSeconds * 1000, watch.cancelled);
      if (event.kind !== 'message' || !isAbout(event.message, this.tally.next)) return this.lose(worker);
      const { message } = event;
      if (message[0] === 'dropped') return;
      if (message[0] === 'done') await this.takeDone(worker, await feed.get(this.tally.next), message);
      if (message[0] === 'failed') await this.triedInVain(await feed.get(this.tally.next), message);
      worker.send(['go']);
    }
  }

  private async ready(): Promise<ScoringWorker | undefined> {
    if (this.worker !== undefined) return this.worker;
    const { files, feed, acquire } = this.context;
    this.worker = await acquire();
    if (this.worker === undefined) return undefined;
    this.tally.worker = this.worker.name;
    this.sent = this.tally.next;
    this.holds = false;
    await files.cutBack();
    this.worker.send(['begin', files.rows, files.written, feed.root]);
    return this.worker;
  }

  private async giveBack(): Promise<void> {
    if (this.worker === undefined) return;
    const worker = this.worker;
    this.keepPrinted(await worker.endClaim());
    this.worker = undefined;
    await this.context.release(worker);
  }

  /** Ends a worker that hangs, died, or is not wanted any more; what it printed is kept. */
  private async lose(worker: ScoringWorker): Promise<void> {
    this.worker = undefined;
    this.sent = this.tally.next;
    await this.context.discard(worker);
    this.keepPrinted(worker.printed());
  }

  private keepPrinted({ stdout, stderr }: { stdout: Buffer; stderr: Buffer }): void {
    this.stdout.push(stdout);
    this.stderr.push(stderr);
  }

  /** Whether one more run() would be at its end before the activity has to be; the first one always may. */
  private hasTime(): boolean {
    const { deadline, settings, claim } = this.context;
    const atWork = this.sent - this.tally.next + 1;
    if (this.tally.next === claim.from && this.sent === claim.from && !this.tally.wasTried(claim.from))
      return true;
    return performance.now() + atWork * settings.timeoutSeconds * 1000 < deadline;
  }
}

/** A mini-batch as the messages to a worker have it. */
function handed({ index, paths, firstRows, root }: ReadyMiniBatch): Handed {
  return firstRows === undefined || root === undefined ? [index, paths] : [index, paths, firstRows, root];
}

/** Whether a message fits what a worker is at: a copy of it, which a script has forked, tells results twice. */
function isAbout(message: WorkerMessage, miniBatch: number): boolean {
  return (message[0] !== 'done' && message[0] !== 'failed') || message[1] === miniBatch;
}
