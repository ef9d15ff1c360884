import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ProductHost, root } from '../../../bench/product/productHost';
import { readJournal, type Write } from '../checker/journal';
import { scorers, scriptNames, type Language } from '../jobs/scorers';
import { setHostClock } from './hostClock';
import { giveOrders, readOrders, type KillOrder } from './orders';

/** Scorers that run at once, whatever the machine has: lanes are what chaos is about. */
const parallelism = 4;

/** The endpoint whose compute has two instances for all its jobs. */
export const crowdedEndpoint = 'crowded';

/** The product on its embedded host, with a journal of its writes, as a process that can be told to end itself. */
export class ChaosHost {
  readonly product: ProductHost;
  private readonly folder: string;
  private jobs = 0;
  private reviving: Promise<void> | undefined;

  /** `damage` breaks its store, to see that the checker notices. */
  constructor(damage?: string) {
    const environment: NodeJS.ProcessEnv = {
      // Claims that are short, so that a job of a second has many.
      BATCHPOINT_CLAIM_SECONDS: '0.05',
      BATCHPOINT_MAX_PARALLELISM: String(parallelism),
      NODE_OPTIONS: `--require=${JSON.stringify(join(root, 'dist/test/chaos/host/preload.js'))}`,
      ...(damage === undefined ? {} : { CHAOS_DAMAGE: damage }),
    };
    this.product = new ProductHost(environment);
    this.folder = join(this.product.folder, 'chaos');
    mkdirSync(this.folder);
    environment['CHAOS_FOLDER'] = this.folder;
  }

  /** Starts it with nothing in it. */
  async openEmpty(): Promise<void> {
    giveOrders(this.folder, []);
    await this.product.start();
  }

  /** Starts it, and makes an endpoint for each language, and one whose jobs have to wait for each other. */
  async open(): Promise<void> {
    await this.openEmpty();
    for (const language of Object.keys(scorers) as Language[]) await this.makeEndpoint(language, language);
    await this.product.ask('PUT', '/computes/small', {
      properties: { properties: { scaleSettings: { maxNodeCount: 2 } } },
    });
    await this.makeEndpoint(crowdedEndpoint, 'node', { compute: 'azureml:small' });
  }

  /** How often a host was found dead, and another one was started. */
  kills = 0;

  /**
   * Starts a host where the last one was killed, once for all who ask. One that is killed while it starts is left to who
   * looks next.
   */
  async revive(): Promise<void> {
    if (this.reviving === undefined && !this.product.hasEnded) return;
    this.reviving ??= this.restart().finally(() => (this.reviving = undefined));
    await this.reviving;
  }

  private async restart(): Promise<void> {
    this.kills += 1;
    await this.product.start().catch((error: unknown) => {
      if (!this.product.hasEnded) throw error;
    });
  }

  /** Kills it as a crash does; nobody waits for that. */
  kill(signal: NodeJS.Signals = 'SIGKILL'): void {
    if (!this.product.hasEnded) process.kill(this.product.pid, signal);
  }

  async close(): Promise<void> {
    await this.product.close();
  }

  /** A name for one more job. */
  nextName(): string {
    this.jobs += 1;
    return `chaos-${this.jobs}`;
  }

  /** What hosts of this folder are to do from now on. */
  order(orders: readonly KillOrder[]): void {
    giveOrders(this.folder, orders);
  }

  /** Orders that no host has followed yet. */
  get openOrders(): number {
    return readOrders(this.folder).open.length;
  }

  /** Lets the clock of hosts that are started from now on be ahead by so many milliseconds; none may run. */
  setClock(ahead: number): void {
    setHostClock(this.folder, ahead);
    this.product.now = () => new Date(Date.now() + ahead);
  }

  /** The writes of the host, from a place of the journal on. */
  journal(from: number): Write[] {
    return readJournal(join(this.folder, 'journal.jsonl'), from);
  }

  /** How far the journal has grown: it stands still when nothing is written. */
  journalSize(): number {
    return statSync(join(this.folder, 'journal.jsonl'), { throwIfNoEntry: false })?.size ?? 0;
  }

  /** The folder with the readable files of a job. */
  jobFolder(key: string): string {
    return join(this.product.state, 'blobs', 'batchpoint', 'jobs', key, 'files');
  }

  private async makeEndpoint(name: string, language: Language, settings: object = {}): Promise<void> {
    await this.product.endpoint(name, scorers[language], settings, scriptNames[language]);
  }
}
