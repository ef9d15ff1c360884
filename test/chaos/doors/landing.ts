import { mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Violation } from '../checker/violation';
import type { Step } from '../host/steps';
import type { Result, Scenario } from '../scenario';
import { Random } from '../seeds';
import { endpoint, killsAt, linesOf, type DoorHost } from './doorHost';

/** The steps in the order in which a file that lands comes to them. */
const steps: readonly Step[] = [
  'noted',
  'woken',
  'recorded',
  'started',
  'settled',
  'remembered',
  'windowListed',
  'windowClosed',
  'windowOpened',
  'rested',
];

/** Waves of files that land until the host was killed at all steps. */
const mostWaves = 30;

/** Its clock goes on as it is: files have that of the machine. */
const noJump = 0;

/** Files land while the host is killed at every step on the way to their jobs; at last it is told of all of them again. */
export function landing(doors: DoorHost): Scenario {
  return {
    name: 'landing',
    fault: 'kill -9 of the host at each step from a file that lands to its job, and all events once more',
    weight: 4,
    run: async (seed) => new Landing(doors, await doors.begin()).run(new Random(seed)),
    close: () => doors.close(),
  };
}

/** One run: three triggers over folders of their own, and what has landed there. */
class Landing {
  /** The versions of files that have landed, by their triggers. Each has a text of its own. */
  private readonly landed = new Map<string, string[]>();
  private readonly folders = { landing: '', results: '' };

  constructor(
    private readonly doors: DoorHost,
    private readonly number: number,
  ) {}

  async run(random: Random): Promise<Result> {
    const { chaos } = this.doors;
    await this.open();
    const killsBefore = chaos.kills;
    chaos.order(killsAt(steps, random));
    let wave = 0;
    let done = true;
    while (done && wave < mostWaves && (wave === 0 || chaos.openOrders > 0)) {
      this.land(wave++, random);
      if (random.chance(0.3)) setTimeout(() => chaos.kill(), random.between(0, 600));
      done = await this.doors.until(() => this.isScored(), noJump, 60);
    }
    const open = chaos.openOrders;
    chaos.order([]);
    await this.doors.goOn(noJump, () => forgetDelivered(this.doors.product.state));
    await this.doors.until(() => this.isScored(), noJump, 10);
    await this.doors.quiet();
    const violations = await this.check();
    if (open > 0 && violations.length === 0)
      violations.push({ invariant: 'I10', seen: `the host did not come to ${open} of the steps` });
    await this.close();
    const counts = [...this.landed].map(([trigger, texts]) => `${texts.length} files for ${trigger}`);
    const jobs = this.results().length;
    return { violations, told: counts.join(', '), jobs, faults: chaos.kills - killsBefore + 1 };
  }

  private async open(): Promise<void> {
    const { product } = this.doors;
    this.folders.landing = await this.doors.datastore(`landing_${this.number}`);
    this.folders.results = await this.doors.datastore(`results_${this.number}`);
    const kinds = {
      each: { type: 'Each' },
      window: { type: 'Window', seconds: 1, files: 3 },
      marker: { type: 'Marker' },
    };
    for (const [kind, batching] of Object.entries(kinds)) {
      mkdirSync(join(this.folders.landing, kind));
      const name = this.trigger(kind);
      this.landed.set(name, []);
      const output = `azureml://datastores/results_${this.number}/paths/{trigger}/{job}.csv`;
      const watch = { datastore: `landing_${this.number}`, path: kind, settleSeconds: 0.05 };
      await product.ask('PUT', `/triggers/${name}`, { properties: { endpoint, watch, batching, output } });
    }
  }

  private async close(): Promise<void> {
    for (const name of this.landed.keys()) await this.doors.product.ask('DELETE', `/triggers/${name}`);
  }

  private trigger(kind: string): string {
    return `${kind}-${this.number}`;
  }

  /** A wave of files: new ones, one in the place of an earlier one, and a folder with its marker. */
  private land(wave: number, random: Random): void {
    for (let i = random.between(1, 3); i > 0; i--)
      this.write('each', `${wave}-${i}.txt`, `each-${wave}-${i}`);
    if (wave > 0) this.write('each', '0-1.txt', `each-again-${wave}`);
    for (let i = random.between(1, 4); i > 0; i--)
      this.write('window', `${wave}-${i}.txt`, `window-${wave}-${i}`);
    if (wave > 1) return;
    for (const i of [1, 2]) this.write('marker', `${wave}/${i}.txt`, `marker-${wave}-${i}`);
    this.put(`marker/${wave}/_SUCCESS`, '');
  }

  private write(kind: string, path: string, name: string): void {
    const text = `${this.number}:${name}`;
    this.landed.get(this.trigger(kind))?.push(text);
    this.put(`${kind}/${path}`, text);
  }

  /** Writes a file that is whole when it is there. */
  private put(path: string, text: string): void {
    const full = join(this.folders.landing, path);
    mkdirSync(dirname(full), { recursive: true });
    const draft = join(this.doors.product.folder, `draft-${this.number}`);
    writeFileSync(draft, text);
    renameSync(draft, full);
  }

  /** Whether all that has landed stands in predictions. */
  private isScored(): boolean {
    const rows = new Set(this.results().flatMap(({ rows }) => rows));
    return [...this.landed.values()].flat().every((text) => rows.has(text));
  }

  /** The predictions files as they lie there, each of one job. */
  private results(): { readonly trigger: string; readonly job: string; readonly rows: readonly string[] }[] {
    return [...this.landed.keys()].flatMap((trigger) => {
      const folder = join(this.folders.results, trigger);
      return filesIn(folder).map((file) => ({
        trigger,
        job: file.replace(/\.csv$/, ''),
        rows: linesOf(join(folder, file)),
      }));
    });
  }

  private async check(): Promise<Violation[]> {
    const results = this.results();
    const scored = new Set(this.doors.scored());
    const seen: string[] = [];
    for (const [trigger, texts] of this.landed) {
      const own = results.filter((one) => one.trigger === trigger);
      const rows = own.flatMap((one) => one.rows);
      for (const text of texts) {
        const times = rows.filter((row) => row === text).length;
        if (times !== 1) seen.push(`${text} stands ${times} times in the predictions of ${trigger}`);
        if (!scored.has(text)) seen.push(`the script knows nothing of ${text}`);
      }
      seen.push(
        ...rows.filter((row) => !texts.includes(row)).map((row) => `${row} never landed for ${trigger}`),
      );
      const jobs = await this.doors.jobs(`${trigger}-`);
      for (const [job, status] of jobs) if (status !== 'Completed') seen.push(`${job} is ${status}`);
      if (jobs.size !== own.length) seen.push(`${trigger} has ${jobs.size} jobs and ${own.length} outputs`);
    }
    return seen.map((one) => ({ invariant: 'I10', seen: one }));
  }
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.csv'));
  } catch {
    return [];
  }
}

/** Has a host that is started after this tell of all files again, as one that has lost its memory. */
function forgetDelivered(state: string): void {
  const database = new DatabaseSync(join(state, 'durable.db'));
  database.exec('DELETE FROM delivered');
  database.close();
}
