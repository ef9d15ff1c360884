import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ProductHost, root } from '../../../bench/product/productHost';
import { readJournal, type Write } from '../checker/journal';
import { scorers, scriptNames, type Language } from '../jobs/scorers';
import { giveOrders, type KillOrder } from './orders';

/** Scorers that run at once, whatever the machine has: lanes are what chaos is about. */
const parallelism = 4;

/** The product on its embedded host, with a journal of its writes, as a process that can be told to end itself. */
export class ChaosHost {
  readonly product: ProductHost;
  private readonly folder: string;
  private jobs = 0;

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

  /** Starts it, and makes an endpoint for each language. */
  async open(): Promise<void> {
    giveOrders(this.folder, []);
    await this.product.start();
    for (const language of Object.keys(scorers) as Language[]) await this.makeEndpoint(language);
  }

  get hasEnded(): boolean {
    return this.product.hasEnded;
  }

  /** Starts it again after a kill. One that is killed while it starts is left to whoever looks next. */
  async restart(): Promise<void> {
    await this.product.start().catch((error: unknown) => {
      if (!this.product.hasEnded) throw error;
    });
  }

  /** Kills it as a crash does; nobody waits for that. */
  kill(signal: NodeJS.Signals = 'SIGKILL'): void {
    if (!this.hasEnded) process.kill(this.product.pid, signal);
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

  private async makeEndpoint(language: Language): Promise<void> {
    await this.product.endpoint(language, scorers[language], {}, scriptNames[language]);
  }
}
