import type { OrchestrationHandler } from 'durable-functions';
import type { InstanceState, Orchestrations } from '../../../shared/jobs/recoverJobs';
import { latency } from '../realm/random';
import type { Scheduler } from '../realm/scheduler';
import type { Deliveries } from './deliveries';
import { replay } from './replay';
import type { Completion, Leaf, TaskResult } from './tasks';

/** One run of an orchestration. */
interface Instance {
  readonly id: string;
  readonly name: string;
  readonly parent: Parent | undefined;
  input: object;
  startedAt: number;
  completions: Map<number, Completion>;
  /** Counts its histories: what comes for an older one counts nothing. */
  generation: number;
  /** How much of what its history asks for has been begun. */
  begun: number;
  /** Events that nobody has waited for yet, by their names. */
  readonly events: string[];
  /** Who waits for an event. */
  awaited: { readonly name: string; readonly asker: Parent }[];
  isOver: boolean;
  isAwake: boolean;
}

/** Who waits for a sub-orchestration. */
interface Parent {
  readonly instance: Instance;
  readonly generation: number;
  readonly number: number;
}

/** Runs orchestrations as Durable Functions does: by replay, with all that they ask for done at least once. */
export class DurableRuntime {
  private readonly instances = new Map<string, Instance>();
  private orders = 0;

  constructor(
    private readonly scheduler: Scheduler,
    private readonly handlers: Readonly<Record<string, OrchestrationHandler>>,
    private readonly deliveries: Deliveries,
  ) {}

  /** Starts an orchestration, where none of that id runs. */
  start(id: string, name: string, input: object, parent?: Parent): void {
    const present = this.instances.get(id);
    if (present !== undefined && !present.isOver) return;
    const instance: Instance = {
      id,
      name,
      parent,
      input,
      startedAt: this.scheduler.time,
      completions: new Map(),
      generation: (present?.generation ?? 0) + 1,
      begun: 0,
      events: [],
      awaited: [],
      isOver: false,
      isAwake: false,
    };
    this.instances.set(id, instance);
    this.wake(instance);
  }

  state(id: string): InstanceState {
    const instance = this.instances.get(id);
    if (instance === undefined) return 'missing';
    return instance.isOver ? 'over' : 'running';
  }

  /** Tells an orchestration of an event; one that is over, or not there, hears nothing. */
  raise(id: string, event: string): void {
    const instance = this.instances.get(id);
    if (instance === undefined || instance.isOver) return;
    instance.events.push(event);
    this.hearEvents(instance);
  }

  /** The instances that are under way. */
  get running(): string[] {
    return [...this.instances.values()].filter(({ isOver }) => !isOver).map(({ id }) => id);
  }

  private wake(instance: Instance): void {
    if (instance.isAwake || instance.isOver) return;
    instance.isAwake = true;
    const { scheduler } = this;
    scheduler.outside(latency(scheduler.random, 5), `episode ${instance.id}`, () => {
      instance.isAwake = false;
      if (!instance.isOver) this.episode(instance);
    });
  }

  private episode(instance: Instance): void {
    const handler = this.handlers[instance.name];
    if (handler === undefined) throw new Error(`Nobody has registered ${instance.name}.`);
    const { id, input, startedAt, completions, parent } = instance;
    const episode = replay(handler, { instance: id, input, startedAt, completions });
    if (episode.kind === 'waits') {
      const fresh = episode.asked.slice(instance.begun);
      instance.begun = episode.asked.length;
      for (const leaf of fresh) this.begin(instance, leaf);
    } else if (episode.kind === 'again') this.goOn(instance, episode.input);
    else {
      instance.isOver = true;
      const result = episode.kind === 'done' ? { value: episode.value } : { failed: episode.message };
      if (parent !== undefined) this.complete(parent, result);
    }
  }

  /** Begins a new history. */
  private goOn(instance: Instance, input: object): void {
    const { time } = this.scheduler;
    Object.assign(instance, { input, startedAt: time, completions: new Map(), begun: 0, awaited: [] });
    instance.generation++;
    this.wake(instance);
  }

  private begin(instance: Instance, leaf: Leaf): void {
    const { number = -1, name, input } = leaf;
    const asker: Parent = { instance, generation: instance.generation, number };
    if (leaf.kind === 'timer') {
      const wait = (leaf.due ?? 0) - this.scheduler.time;
      this.scheduler.outside(wait, `timer of ${instance.id}`, () => this.complete(asker, { value: null }));
    } else if (leaf.kind === 'event') {
      instance.awaited.push({ name, asker });
      this.hearEvents(instance);
    } else if (leaf.kind === 'orchestration') this.start(leaf.instance ?? '', name, input, asker);
    else this.attempt(leaf, 1, asker);
  }

  private hearEvents(instance: Instance): void {
    for (const waiting of [...instance.awaited]) {
      const at = instance.events.indexOf(waiting.name);
      if (at < 0) continue;
      instance.events.splice(at, 1);
      instance.awaited.splice(instance.awaited.indexOf(waiting), 1);
      this.complete(waiting.asker, { value: {} });
    }
  }

  /** Has an activity done, and again after a while where it fails, as its policy says. */
  private attempt(leaf: Leaf, attempt: number, asker: Parent): void {
    const { name, input, retries } = leaf;
    this.deliveries.deliver({ name, input }, (result) => {
      if (!('failed' in result) || attempt >= (retries?.maxNumberOfAttempts ?? 1))
        return this.complete(asker, result);
      const first = retries?.firstRetryIntervalInMilliseconds ?? 0;
      const wait = Math.min(
        first * (retries?.backoffCoefficient ?? 1) ** (attempt - 1),
        retries?.maxRetryIntervalInMilliseconds ?? Infinity,
      );
      const label = `retry ${attempt} of ${name} of ${asker.instance.id}`;
      this.scheduler.outside(wait, label, () => this.attempt(leaf, attempt + 1, asker));
    });
  }

  /** Notes a completion, once: what is told again, or to a history that is gone, changes nothing. */
  private complete({ instance, generation, number }: Parent, result: TaskResult): void {
    if (instance.isOver || instance.generation !== generation || instance.completions.has(number)) return;
    instance.completions.set(number, { order: this.orders++, at: this.scheduler.time, result });
    this.wake(instance);
  }
}

/** The orchestrations of one name as a host reaches them: over a network that takes its time. */
export function orchestrationsOf(
  runtime: DurableRuntime,
  scheduler: Scheduler,
  name: string,
): Orchestrations {
  const way = (label: string): Promise<void> => scheduler.pause(latency(scheduler.random, 5), label);
  return {
    start: async (instance, input) => {
      await way(`start ${instance}`);
      runtime.start(instance, name, input);
    },
    state: async (instance) => {
      await way(`state of ${instance}`);
      return runtime.state(instance);
    },
  };
}
