/** The demo was asked to end before its end. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** How a person or a system ends the demo early: Ctrl-C, a signal, a terminal that goes away. */
export class Interruption {
  private readonly controller = new AbortController();
  private byTerminal = false;

  constructor() {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        this.byTerminal = signal === 'SIGINT' && process.stdin.isTTY;
        this.controller.abort();
      });
    }
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Whether programs in the foreground have to be told: a terminal tells Ctrl-C to all of them by itself. */
  get hasToBeToldOn(): boolean {
    return !this.byTerminal;
  }

  /** Fails with `Interrupted` where the demo was asked to end. */
  check(): void {
    if (this.signal.aborted) throw new Interrupted();
  }
}
