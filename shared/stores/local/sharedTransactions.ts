import type { LocalDatabase } from './localDatabase';

/** Work that waits for its transaction; told how it went when that has ended. */
interface Waiting {
  readonly work: () => void;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/** Pieces of work in one transaction: nothing else of the process runs meanwhile. */
const mostTogether = 100;

/**
 * Makes one transaction of all work that comes in one turn of the event loop: what a transaction takes is mostly the wait
 * for the disk, and it holds up the whole process. Each piece of work is still made whole or not at all, for itself.
 */
export class SharedTransactions {
  private waiting: Waiting[] = [];
  /** What the work that waits is about. */
  private readonly subjects = new Set<string>();

  constructor(private readonly database: LocalDatabase) {}

  /** Runs `work` in a transaction soon; what it changed is on disk when its result is there. */
  run<T>(subject: string, work: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      let made: { readonly result: T } | undefined;
      if (this.waiting.length === 0) setImmediate(() => this.finish());
      this.subjects.add(subject);
      this.waiting.push({
        work: () => (made = { result: work() }),
        done: () => made !== undefined && resolve(made.result),
        failed: reject,
      });
    });
  }

  /**
   * Has all run that waits, where some of it is about `subject`. Whoever reads that finds what was begun before; who does
   * so again and again, until it has changed, would never let the event loop come to its next turn.
   */
  finishBefore(subject: string): void {
    if (this.subjects.has(subject)) this.finish();
  }

  /** Has all run that waits. */
  finish(): void {
    this.subjects.clear();
    while (this.waiting.length > 0) this.together(this.waiting.splice(0, mostTogether));
  }

  private together(pieces: readonly Waiting[]): void {
    const [first] = pieces;
    try {
      const told =
        pieces.length === 1 && first !== undefined
          ? this.database.alone(() => (first.work(), [first.done]))
          : this.database.alone(() => pieces.map((piece) => this.apart(piece)));
      for (const tell of told) tell();
    } catch (error) {
      for (const { failed } of pieces) failed(error);
    }
  }

  /** Does one of several pieces, and gives what tells of it, once all are on disk. */
  private apart({ work, done, failed }: Waiting): () => void {
    const fault = this.database.apart(work);
    return fault === undefined ? done : () => failed(fault.error);
  }
}
