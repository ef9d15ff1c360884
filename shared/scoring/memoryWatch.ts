import { groupMemory, type GroupMemory } from './groupMemory';

/** How often the memory of workers is looked at. */
const lookMilliseconds = 200;

/** A limit, and who is told that it is passed. Bytes. */
interface Watched {
  readonly limit: number;
  readonly passed: (held: number) => void;
}

/** Looks at the memory of process groups, all in one go, as long as there is one that has a limit. */
export class MemoryWatch {
  private readonly groups = new Map<number, Watched>();
  private timer: NodeJS.Timeout | undefined;
  private looking = false;

  constructor(private readonly memory: GroupMemory = groupMemory) {}

  /** Tells, once, when the group of a process holds more than so many bytes. Answers how to end the watch. */
  add(leader: number, limit: number, passed: (held: number) => void): () => void {
    const watched = { limit, passed };
    this.groups.set(leader, watched);
    this.timer ??= setInterval(() => void this.look(), lookMilliseconds).unref();
    return () => this.remove(leader, watched);
  }

  private async look(): Promise<void> {
    if (this.looking) return;
    this.looking = true;
    try {
      const enough = (leader: number, bytes: number): boolean =>
        bytes > (this.groups.get(leader)?.limit ?? Infinity);
      for (const [leader, held] of await this.memory(new Set(this.groups.keys()), enough)) {
        const watched = this.groups.get(leader);
        if (watched === undefined || held <= watched.limit) continue;
        this.remove(leader, watched);
        watched.passed(held);
      }
    } catch {
      // What cannot be looked at now, as no further process can be started, is looked at next time.
    } finally {
      this.looking = false;
    }
  }

  /** The number of a process may come again: then its group is somebody else's. */
  private remove(leader: number, watched: Watched): void {
    if (this.groups.get(leader) !== watched) return;
    this.groups.delete(leader);
    if (this.groups.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }
}

/** The watch over all workers of this process. */
export const workerMemoryWatch = new MemoryWatch();
