interface HintParts {
  /** Follows one hint. `isName` says that the entry came, went or was renamed. */
  follow(path: string, isName: boolean): Promise<void>;
  /** Called when all have been followed. */
  onTaken(): void;
  readonly onFailure: (error: unknown) => void;
}

/** Hints that are followed side by side. */
const atOnce = 64;

/** Hints at one time; those beyond are dropped. */
const most = 10_000;

/** Linux keeps 16,384 hints for a process that does not come to take them, and drops what is beyond without a word. */
const manyHints = 4_000;

/** What the system has told of paths, each of which is looked at once however many hints there are. */
export class HintQueue {
  /** When the last hint came, by a clock that is never set. */
  last = -Infinity;
  private readonly waiting = new Map<string, boolean>();
  private count = 0;
  private isAnyDropped = false;
  private isTaking = false;
  private stopped = false;

  constructor(private readonly parts: HintParts) {}

  get isBusy(): boolean {
    return this.isTaking;
  }

  /** True when some may have been lost since `reset`. */
  get mayLack(): boolean {
    return this.isAnyDropped || this.count >= manyHints;
  }

  reset(): void {
    this.isAnyDropped = false;
    this.count = 0;
  }

  /** Notes that a hint came that needs not be followed. */
  note(): void {
    this.count += 1;
    this.last = performance.now();
  }

  /** Notes that something was missed. */
  drop(): void {
    this.isAnyDropped = true;
  }

  add(path: string, isName: boolean): void {
    if (this.stopped) return;
    if (this.waiting.size >= most) {
      this.drop();
      return;
    }
    this.waiting.set(path, isName || this.waiting.get(path) === true);
    if (this.isTaking) return;
    this.isTaking = true;
    // What comes in one go is followed in one.
    setImmediate(() => void this.take().catch((error: unknown) => this.parts.onFailure(error)));
  }

  stop(): void {
    this.stopped = true;
    this.waiting.clear();
  }

  private async take(): Promise<void> {
    try {
      while (this.waiting.size > 0) {
        const some: [path: string, isName: boolean][] = [];
        for (const hint of this.waiting) {
          if (some.push(hint) === atOnce) break;
        }
        for (const [path] of some) this.waiting.delete(path);
        await Promise.all(some.map(([path, isName]) => this.parts.follow(path, isName)));
      }
    } finally {
      this.isTaking = false;
    }
    this.parts.onTaken();
  }
}
