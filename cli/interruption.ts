/** Milliseconds after which a command ends that does not end by itself. */
const patience = 1_000;

/**
 * What a person asks for with Ctrl-C, and others with SIGTERM. At the first, commands learn of it by a signal and end
 * by themselves; one that does not look at it is ended, but never while it tidies up. The second ends it at once.
 */
export class Interruption {
  private readonly controller = new AbortController();
  private tidying = 0;
  private isOverdue = false;

  /** `end` ends the process. */
  constructor(private readonly end: () => void) {}

  /** Fires at the first interruption. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  interrupt(): void {
    if (this.signal.aborted) {
      this.end();
      return;
    }
    this.controller.abort();
    this.endSoon();
  }

  /** Does what has to be done also after an interruption, however long that takes. */
  async tidyUp<T>(work: () => Promise<T>): Promise<T> {
    this.tidying++;
    try {
      return await work();
    } finally {
      this.tidying--;
      // What the work was for may want to tell how it went.
      if (this.isOverdue) this.endSoon();
    }
  }

  private endSoon(): void {
    this.isOverdue = false;
    const timer = setTimeout(() => {
      if (this.tidying === 0) this.end();
      else this.isOverdue = true;
    }, patience);
    timer.unref();
  }
}
