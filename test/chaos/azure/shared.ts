/** What can be ended. */
interface Closable {
  close(): Promise<void>;
}

/** Something costly that several scenarios use: there from its first use on, and again after it was closed. */
export class Shared<T extends Closable> {
  private opened: Promise<T> | undefined;

  constructor(private readonly open: () => Promise<T>) {}

  get(): Promise<T> {
    this.opened ??= this.open();
    return this.opened;
  }

  async close(): Promise<void> {
    const opened = this.opened;
    this.opened = undefined;
    await (await opened?.catch(() => undefined))?.close();
  }
}
