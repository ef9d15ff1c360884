import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ProductHost } from '../../../bench/product/productHost';
import { ChaosHost } from '../host/chaosHost';
import type { KillOrder } from '../host/orders';
import { isGone } from '../host/runJob';
import type { Step } from '../host/steps';
import type { Random } from '../seeds';

/** Gives the text of each file as its row, and notes that it has. */
const script = `
import { appendFileSync, readFileSync } from 'node:fs';

export function run(miniBatch) {
  return miniBatch.map((path) => {
    const text = readFileSync(path, 'utf8');
    appendFileSync(process.env.CHAOS_SCORED, text + '\\n');
    return text;
  });
}
`;

/** The endpoint that all jobs are for. */
export const endpoint = 'doors';

/** Timers of the app come so often, and a host takes about so long to start, in milliseconds. */
const timerPeriod = 5_000;
const startTime = 1_200;

const askEvery = 20;
/** A journal that stands still for so long, in milliseconds, with a timer of the app in between, has come to its end. */
const quietFor = 1_500;

/** A host that starts jobs by files and by the clock, and is started again wherever it was killed. */
export class DoorHost {
  private opened: ChaosHost | undefined;
  private ahead = 0;
  private runs = 0;

  get chaos(): ChaosHost {
    if (this.opened === undefined) throw new Error('The host is used before it is open.');
    return this.opened;
  }

  get product(): ProductHost {
    return this.chaos.product;
  }

  /** The clock of the host. */
  get now(): Date {
    return new Date(Date.now() + this.ahead);
  }

  /** A number for one more run, on a host whose clock is right and that is to do nothing. */
  async begin(): Promise<number> {
    if (this.opened === undefined) await this.open();
    this.chaos.order([]);
    if (this.ahead !== 0 || this.product.hasEnded) await this.restart(0);
    this.runs += 1;
    return this.runs;
  }

  async close(): Promise<void> {
    const host = this.opened;
    this.opened = undefined;
    this.ahead = 0;
    await host?.close();
  }

  /** A folder of the run, with a datastore of this name. */
  async datastore(name: string): Promise<string> {
    const folder = join(this.product.folder, 'stores', name);
    mkdirSync(folder, { recursive: true });
    const properties = { datastoreType: 'LocalFolder', folder };
    await this.product.ask('PUT', `/datastores/${name}`, { properties });
    return folder;
  }

  /** What the script says that it has scored. */
  scored(): readonly string[] {
    return readFileSync(this.notes, 'utf8').split('\n').filter(Boolean);
  }

  /**
   * Waits until something is so, and starts a host wherever one was killed; `step` is by how many milliseconds its clock
   * jumps then. Says whether it came to be so.
   */
  async until(isSo: () => Promise<boolean> | boolean, step: number, seconds = 90): Promise<boolean> {
    const deadline = performance.now() + seconds * 1_000;
    while (performance.now() < deadline) {
      if (this.product.hasEnded) await this.revive(step);
      try {
        if (await isSo()) return true;
      } catch (error) {
        // A host that has just been killed does not answer.
        if (!this.product.hasEnded) await pause(100);
        if (!this.product.hasEnded && !isGone(error)) throw error;
      }
      await pause(askEvery);
    }
    return false;
  }

  /** Kills the host, and starts it with its clock so far ahead; `meanwhile` is done while none runs. */
  async restart(ahead: number, meanwhile: () => void = () => undefined): Promise<void> {
    await this.product.kill();
    meanwhile();
    this.setClock(ahead);
    await this.product.start().catch((error: unknown) => {
      // It came to a step at once; whoever waits for something starts the next one.
      if (!this.product.hasEnded) throw error;
    });
  }

  /** Restarts it with a clock that has gone on by so much, so that its timers come soon. */
  async goOn(step: number, meanwhile?: () => void): Promise<void> {
    await this.restart(this.nextClock(step), meanwhile);
  }

  /** Waits until the host has written nothing for a while in which all timers came. */
  async quiet(): Promise<void> {
    for (let size = -1; size !== this.chaos.journalSize();) {
      size = this.chaos.journalSize();
      await pause(quietFor);
    }
  }

  /** The jobs whose names begin so, with their states. */
  async jobs(prefix: string): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    for (let path: string | undefined = '/jobs'; path !== undefined;) {
      const page = (await this.product.ask('GET', path)) as JobPage;
      for (const { name, properties } of page.value)
        if (name.startsWith(prefix)) found.set(name, properties.status);
      path = page.nextLink?.slice(page.nextLink.indexOf('/jobs?'));
    }
    return found;
  }

  private get notes(): string {
    return join(this.product.folder, 'scored.txt');
  }

  private async open(): Promise<void> {
    const host = new ChaosHost();
    this.opened = host;
    await host.openEmpty();
    appendFileSync(this.notes, '');
    const environmentVariables = { CHAOS_SCORED: this.notes };
    await host.product.endpoint(endpoint, script, { environmentVariables }, 'score.mjs');
  }

  private async revive(step: number): Promise<void> {
    this.setClock(step === 0 ? this.ahead : this.nextClock(step));
    await this.chaos.revive();
  }

  private setClock(ahead: number): void {
    this.ahead = ahead;
    this.chaos.setClock(ahead);
  }

  /** The clock so much later, and then a little more, so that timers come as soon as a host is up. */
  private nextClock(step: number): number {
    const ahead = this.ahead + step;
    const past = (Date.now() + ahead + startTime) % timerPeriod;
    return ahead + ((timerPeriod - past) % timerPeriod);
  }
}

interface JobPage {
  readonly value: readonly { readonly name: string; readonly properties: { readonly status: string } }[];
  readonly nextLink?: string;
}

/** Kills at these steps, one after the other, each before, in or after the write. */
export function killsAt(steps: readonly Step[], random: Random): KillOrder[] {
  return steps.map((step) => ({
    step,
    phase: random.pick<KillOrder['phase']>(['before', 'before', 'during', 'after', 'after']),
    nth: random.pick([1, 1, 2]),
    milliseconds: random.between(0, 3),
  }));
}

/** The lines of a file; none where it is not there. */
export function linesOf(path: string): readonly string[] {
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : [];
}
