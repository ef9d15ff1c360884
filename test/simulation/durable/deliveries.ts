import { latency } from '../realm/random';
import type { Process, Scheduler } from '../realm/scheduler';
import type { TaskResult } from './tasks';

/** Whoever does activities. */
export interface ActivityHost {
  readonly process: Process;
  run(name: string, input: object): Promise<object>;
}

/** An activity that is to be done. */
interface ActivityMessage {
  readonly name: string;
  readonly input: object;
}

/** How a queue treats its messages, as probabilities of one delivery. */
export interface QueueFaults {
  /** Two deliveries at once. */
  readonly twice: number;
  /** A delivery once more, some time after the first, whatever became of that. */
  readonly late: number;
  /** A host that is lost fails its activities, instead of leaving them to the queue. */
  readonly failsWithHost: number;
  /** Milliseconds until a message of a host that is lost, or stopped, is delivered again. */
  readonly visibility: number;
  /** From then on all goes well. */
  readonly calmFrom: number;
}

/** A message until it is answered. */
interface Errand {
  readonly message: ActivityMessage;
  isDone: boolean;
  readonly done: (result: TaskResult) => void;
}

/** Brings activities to hosts, each at least once. */
export class Deliveries {
  /** Deliveries that were not the only ones of their messages. */
  repeats = 0;

  constructor(
    private readonly scheduler: Scheduler,
    private readonly faults: QueueFaults,
    private readonly hosts: () => readonly ActivityHost[],
  ) {}

  /** Has an activity done; the first result counts. */
  deliver(message: ActivityMessage, done: (result: TaskResult) => void): void {
    const { scheduler, faults } = this;
    const { random } = scheduler;
    const errand: Errand = {
      message,
      isDone: false,
      done: (result) => {
        if (errand.isDone) return;
        errand.isDone = true;
        done(result);
      },
    };
    this.bring(errand, 0, 'deliver');
    if (scheduler.time >= faults.calmFrom) return;
    if (random.chance(faults.twice)) this.repeat(errand, 0, 'deliver twice');
    if (random.chance(faults.late)) this.repeat(errand, random.next() * 120_000, 'deliver late');
  }

  private repeat(errand: Errand, wait: number, label: string): void {
    this.repeats++;
    this.bring(errand, wait, label);
  }

  private bring(errand: Errand, wait: number, label: string): void {
    const { scheduler } = this;
    const { name, input } = errand.message;
    const what = `${label} ${name} ${JSON.stringify(input)}`;
    scheduler.outside(wait + latency(scheduler.random, 10), what, () => {
      const hosts = this.hosts().filter(({ process }) => process.alive);
      const host = hosts[Math.floor(scheduler.random.next() * hosts.length)];
      if (host === undefined) this.bring(errand, 2_000, 'wait to deliver');
      else this.hand(errand, host);
    });
  }

  private hand(errand: Errand, host: ActivityHost): void {
    const { scheduler } = this;
    const { process } = host;
    const { name, input } = errand.message;
    let isAnswered = false;
    const answer = (result: TaskResult): void => {
      isAnswered = true;
      const told =
        'failed' in result ? `failed: ${result.failed}` : `answered ${JSON.stringify(result.value)}`;
      const label = `${process.name} ${name} ${told}`;
      scheduler.outside(latency(scheduler.random, 5), label, () => errand.done(result));
    };
    this.watch(errand, process, () => isAnswered);
    scheduler.within(process, () => {
      host.run(name, structuredClone(input)).then(
        (value) => answer({ value: JSON.parse(JSON.stringify(value)) as unknown }),
        (error: unknown) => answer({ failed: String(error) }),
      );
    });
  }

  /** A message whose host is gone, or does not stir, comes again. */
  private watch(errand: Errand, process: Process, isAnswered: () => boolean): void {
    const { scheduler, faults } = this;
    const { name } = errand.message;
    scheduler.outside(faults.visibility, `lease of ${name} at ${process.name}`, () => {
      if (isAnswered() || errand.isDone) return;
      if (process.alive && process.stoppedUntil <= scheduler.time)
        return this.watch(errand, process, isAnswered);
      if (!process.alive && scheduler.random.chance(faults.failsWithHost))
        return errand.done({ failed: `${process.name} is gone` });
      this.repeat(errand, 0, 'deliver again');
    });
  }
}
