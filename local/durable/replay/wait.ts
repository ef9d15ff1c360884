/** Something that an orchestration waits for. It settles once; who listens later hears it at once. */
export class Wait {
  private listeners: (() => void)[] | undefined = [];
  failed = false;

  /** One that is over already. */
  static over(): Wait {
    const wait = new Wait();
    wait.settle();
    return wait;
  }

  /** Settled when all of them are, failed or not. */
  static all(waits: readonly Wait[]): Wait {
    const whole = new Wait();
    let open = waits.length;
    if (open === 0) whole.settle();
    for (const wait of waits) {
      wait.then(() => {
        open -= 1;
        if (open === 0) whole.settle();
      });
    }
    return whole;
  }

  /** Settled with the first of them, failed or not. */
  static any(waits: readonly Wait[]): Wait {
    const first = new Wait();
    for (const wait of waits) wait.then(() => first.settle());
    return first;
  }

  get settled(): boolean {
    return this.listeners === undefined;
  }

  settle(failed = false): void {
    if (this.listeners === undefined) return;
    const listeners = this.listeners;
    this.listeners = undefined;
    this.failed = failed;
    for (const listener of listeners) listener();
  }

  then(listener: () => void): void {
    if (this.listeners === undefined) listener();
    else this.listeners.push(listener);
  }
}
