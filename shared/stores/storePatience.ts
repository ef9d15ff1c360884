import { isFailure } from '../errors/batchpointError';

/** Milliseconds that a store may be away before what needs it fails. */
const patience = 60 * 60_000;

/**
 * Lets work wait for stores that are away: whoever is answered so asks again, by timers that cost nothing. Each process
 * counts for itself, as there is no store to count in.
 */
export class StorePatience {
  /** When work was first in vain, in milliseconds. */
  private readonly since = new Map<string, number>();

  constructor(private readonly now: () => number) {}

  /** Does `work`. Where a store is away it answers `wait` instead, for an hour; `told` hears of each time. */
  async answerOf<Answer>(
    work: { readonly id: string; readonly run: () => Promise<Answer>; readonly wait: Answer },
    told: (error: unknown) => void,
  ): Promise<Answer> {
    try {
      const answer = await work.run();
      this.since.delete(work.id);
      return answer;
    } catch (error) {
      if (!isFailure(error, 'StoreUnavailable') || !this.hasPatience(work.id)) throw error;
      told(error);
      return work.wait;
    }
  }

  private hasPatience(id: string): boolean {
    const now = this.now();
    // Work that others have done meanwhile is not asked for again.
    for (const [other, since] of this.since) if (now - since > 2 * patience) this.since.delete(other);
    const since = this.since.get(id) ?? now;
    this.since.set(id, since);
    return now - since < patience;
  }
}
