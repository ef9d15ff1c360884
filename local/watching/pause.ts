/** A wait that can be ended early. */
export class Pause {
  private finish: (() => void) | undefined;

  async wait(milliseconds: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.finish = resolve;
      timer = setTimeout(resolve, milliseconds);
    });
    clearTimeout(timer);
    this.finish = undefined;
  }

  /** Ends the wait, if there is one. */
  end(): void {
    this.finish?.();
  }
}
