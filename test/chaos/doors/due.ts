import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Violation } from '../checker/violation';
import type { Step } from '../host/steps';
import type { Result, Scenario } from '../scenario';
import { Random } from '../seeds';
import { endpoint, killsAt, linesOf, type DoorHost } from './doorHost';

/** The steps in the order in which a due time comes to them. */
const steps: readonly Step[] = ['recorded', 'started', 'moved', 'recorded', 'moved'];

const minute = 60_000;

/** Minutes for which there is something to score. */
const minutes = 240;

/** Jumps of the clock until the host was killed at all steps. */
const mostJumps = 40;

/** A schedule is due every minute while the host is killed between that and the job; then the clock is set back. */
export function due(doors: DoorHost): Scenario {
  return {
    name: 'due',
    fault: 'kill -9 of the host at each step from a due time to its job, and the clock set back',
    weight: 2,
    run: async (seed) => new Due(doors, await doors.begin()).run(new Random(seed)),
    close: () => doors.close(),
  };
}

/** What is told of a schedule. */
interface Shown {
  readonly systemData: { readonly createdAt: string };
  readonly properties: { readonly status: { readonly nextRun: string } };
}

/** One run: a schedule, and a folder for each minute in which it may be due. */
class Due {
  private readonly schedule: string;
  private results = '';

  constructor(
    private readonly doors: DoorHost,
    private readonly number: number,
  ) {
    this.schedule = `due-${number}`;
  }

  async run(random: Random): Promise<Result> {
    const { doors } = this;
    const { chaos } = doors;
    const made = await this.open();
    const killsBefore = chaos.kills;
    chaos.order(killsAt(steps, random));
    let caughtUp = true;
    for (let jump = 0; caughtUp && jump < mostJumps && (jump < 2 || chaos.openOrders > 0); jump++) {
      // Now and then so late that runs were missed.
      await doors.goOn(minute * random.pick([1, 1, 3]));
      caughtUp = await doors.until(() => this.isCaughtUp(), minute, 45);
    }
    const open = chaos.openOrders;
    chaos.order([]);
    // Nothing comes due while it is looked at and the host is ended.
    await doors.until(async () => isWithinMinute(doors.now) && (await this.isCaughtUp()), minute);
    const { properties } = await this.shown();
    const expected = dueTimes(new Date(made.systemData.createdAt), new Date(properties.status.nextRun));
    const before = await doors.jobs(`${this.schedule}-`);
    await doors.restart(0);
    await doors.quiet();
    const violations = await this.check(expected);
    const after = await this.shown();
    if (after.properties.status.nextRun !== properties.status.nextRun)
      violations.push({ invariant: 'I11', seen: `the clock was set back, and so was the next due time` });
    if (before.size !== (await doors.jobs(`${this.schedule}-`)).size)
      violations.push({ invariant: 'I11', seen: 'the clock was set back, and a run ran again' });
    if (open > 0 && violations.length === 0)
      violations.push({ invariant: 'I11', seen: `the host did not come to ${open} of the steps` });
    await doors.product.ask('DELETE', `/schedules/${this.schedule}`);
    const told = `${expected.length} due times, ${before.size} jobs`;
    return { violations, told, jobs: before.size, faults: chaos.kills - killsBefore + 1 };
  }

  private async open(): Promise<Shown> {
    const input = await this.doors.datastore(`times_${this.number}`);
    this.results = await this.doors.datastore(`dueresults_${this.number}`);
    for (let i = 0; i < minutes; i++) {
      const time = timeText(new Date(this.doors.now.getTime() + i * minute));
      mkdirSync(join(input, time));
      writeFileSync(join(input, time, 'due.txt'), this.textOf(time));
    }
    const properties = {
      trigger: { triggerType: 'Cron', expression: '* * * * *' },
      action: {
        actionType: 'InvokeBatchEndpoint',
        endpointInvocationDefinition: {
          endpointName: endpoint,
          input: { uri: `azureml://datastores/times_${this.number}/paths/{schedule:yyyyMMddHHmm}/` },
          output: { uri: `azureml://datastores/dueresults_${this.number}/paths/{schedule:yyyyMMddHHmm}.csv` },
        },
      },
      misfire: 'All',
      misfireLimit: 1000,
    };
    return (await this.doors.product.ask('PUT', `/schedules/${this.schedule}`, { properties })) as Shown;
  }

  private async shown(): Promise<Shown> {
    return (await this.doors.product.ask('GET', `/schedules/${this.schedule}`)) as Shown;
  }

  /** Whether all times that are due by now have ended jobs. */
  private async isCaughtUp(): Promise<boolean> {
    const { properties } = await this.shown();
    if (new Date(properties.status.nextRun) <= this.doors.now) return false;
    const states = [...(await this.doors.jobs(`${this.schedule}-`)).values()];
    return states.every((state) => ['Completed', 'Failed', 'Canceled'].includes(state));
  }

  private textOf(time: string): string {
    return `${this.schedule}@${time}`;
  }

  private async check(expected: readonly string[]): Promise<Violation[]> {
    const seen: string[] = [];
    const jobs = await this.doors.jobs(`${this.schedule}-`);
    const scored = new Set(this.doors.scored());
    for (const [job, status] of jobs) if (status !== 'Completed') seen.push(`${job} is ${status}`);
    if (jobs.size !== expected.length)
      seen.push(`${expected.length} times were due, and there are ${jobs.size} jobs`);
    for (const time of expected) {
      const rows = linesOf(join(this.results, `${time}.csv`));
      if (rows.join() !== this.textOf(time)) seen.push(`the output of ${time} has '${rows.join()}'`);
      if (!scored.has(this.textOf(time))) seen.push(`the script knows nothing of ${time}`);
      const own = [...jobs.keys()].filter((job) => job.startsWith(`${this.schedule}-${jobTime(time)}`));
      if (own.length !== 1) seen.push(`${time} has ${own.length} jobs`);
    }
    return seen.map((one) => ({ invariant: 'I11', seen: one }));
  }
}

/** Whether the timer has had its time for this minute, and the next one is not near. */
function isWithinMinute(time: Date): boolean {
  const seconds = time.getUTCSeconds();
  return seconds > 6 && seconds < 50;
}

/** The whole minutes after one moment and before another. */
function dueTimes(after: Date, before: Date): string[] {
  const times: string[] = [];
  for (let at = Math.floor(after.getTime() / minute + 1) * minute; at < before.getTime(); at += minute)
    times.push(timeText(new Date(at)));
  return times;
}

/** `202611270200`. */
function timeText(time: Date): string {
  return time.toISOString().slice(0, 16).replace(/[-:T]/g, '');
}

/** `20261127T0200`. */
function jobTime(time: string): string {
  return `${time.slice(0, 8)}T${time.slice(8)}`;
}
