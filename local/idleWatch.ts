/** Notices when nothing has happened for a while. It never polls: it waits for the next thing, or for the time. */
export class IdleWatch {
  private last = performance.now();
  private readonly waiting = new Set<() => void>();

  /** @param isIdle says whether there is anything left to do */
  constructor(private readonly isIdle: () => boolean) {}

  /** To be called whenever something happens. */
  touch(): void {
    this.last = performance.now();
    this.look();
  }

  /** To be called when something may have ended that was left to do, and that by itself is no sign of life. */
  look(): void {
    for (const listener of this.waiting) listener();
    this.waiting.clear();
  }

  /** Resolves when nothing has happened for so long and nothing is left to do. */
  async quietFor(seconds: number): Promise<void> {
    for (;;) {
      const rest = this.last + seconds * 1000 - performance.now();
      if (rest > 0) await new Promise((resolve) => setTimeout(resolve, rest));
      else if (this.isIdle()) return;
      else await new Promise<void>((resolve) => this.waiting.add(resolve));
    }
  }
}
