/** Something that waits to be done with others. */
interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Does things together that come together. What comes while nothing is under way is done at once; what comes meanwhile is
 * done after that as one group, of so many at most. So nothing waits for others to come, and many cost little.
 */
export class Gathering<Item, Result> {
  private readonly waiting: Waiting<Item, Result>[] = [];
  private isBusy = false;

  /** `work` answers for each item of a group what became of it, or its error. */
  constructor(
    private readonly most: number,
    private readonly work: (items: readonly Item[]) => Promise<readonly (Result | Failed)[]>,
  ) {}

  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      if (!this.isBusy) void this.empty();
    });
  }

  private async empty(): Promise<void> {
    this.isBusy = true;
    // What is added in the same turn belongs to the first group.
    await Promise.resolve();
    while (this.waiting.length > 0) await this.doGroup(this.waiting.splice(0, this.most));
    this.isBusy = false;
  }

  private async doGroup(group: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.work(group.map(({ item }) => item));
      for (const [i, { resolve, reject }] of group.entries()) {
        const result = results[i];
        if (result instanceof Failed) reject(result.error);
        else resolve(result as Result);
      }
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}

/** Says of one thing of a group that it failed, while others did not. */
export class Failed {
  constructor(readonly error: unknown) {}
}
