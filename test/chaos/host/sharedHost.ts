import { ChaosHost } from './chaosHost';

/** The host that several runs use one after the other: to start one takes longer than a job. */
export class SharedHost {
  private opened: ChaosHost | undefined;

  async get(): Promise<ChaosHost> {
    if (this.opened === undefined) {
      const host = new ChaosHost();
      this.opened = host;
      await host.open();
    }
    return this.opened;
  }

  async close(): Promise<void> {
    const host = this.opened;
    this.opened = undefined;
    await host?.close();
  }
}
