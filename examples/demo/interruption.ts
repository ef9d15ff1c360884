/** The demo was asked to end before its end. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** How a person or a system ends the demo early: Ctrl-C, a signal, a terminal that goes away. */
export class Interruption {
  private readonly controller = new AbortController();

  constructor() {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => this.controller.abort());
    }
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Fails with `Interrupted` where the demo was asked to end. */
  check(): void {
    if (this.signal.aborted) throw new Interrupted();
  }
}
