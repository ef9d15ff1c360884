/** Messages in the order they came, for one reader that waits for the next with a limit. */
export class MessageQueue<T> {
  private readonly items: T[] = [];
  private wake: (() => void) | undefined;

  push(item: T): void {
    this.items.push(item);
    this.wake?.();
  }

  /**
   * The next message; `undefined` when none has come within so many milliseconds, or once the signal is raised.
   * A message that is there already is given even then.
   */
  async next(milliseconds: number, signal?: AbortSignal): Promise<T | undefined> {
    if (this.items.length === 0 && signal?.aborted !== true) await this.wait(milliseconds, signal);
    return this.items.shift();
  }

  private wait(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        this.wake = undefined;
        resolve();
      };
      // After a stall of this process the answer may lie unread in the pipe: it is read before the timer counts.
      const timer = setTimeout(() => setImmediate(done), milliseconds);
      signal?.addEventListener('abort', done);
      this.wake = done;
    });
  }
}
