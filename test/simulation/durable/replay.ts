import type { OrchestrationContext, OrchestrationHandler, RetryOptions } from 'durable-functions';
import { leavesOf, outcomeOf, type Completions, type Leaf, type SimulatedTask } from './tasks';

/** An orchestration as one history has it. */
interface History {
  readonly instance: string;
  readonly input: object;
  readonly startedAt: number;
  readonly completions: Completions;
}

/** What an orchestrator comes to with the history that there is. */
type Episode =
  | { readonly kind: 'waits'; readonly asked: readonly Leaf[] }
  | { readonly kind: 'again'; readonly input: object }
  | { readonly kind: 'done'; readonly value: unknown }
  | { readonly kind: 'failed'; readonly message: string };

/** The start of virtual time as orchestrators see it. */
const epoch = Date.UTC(2026, 0, 1);

/**
 * Runs an orchestrator from its start with all that is known, up to where it waits. As the Durable extension does it,
 * what is asked for later waits until all that was asked for before has settled.
 */
export function replay(handler: OrchestrationHandler, history: History): Episode {
  const surroundings = new Surroundings(history);
  const asked: Leaf[] = [];
  const isSettled = ({ number = -1, isCanceled, kind }: Leaf): boolean =>
    isCanceled === true || kind === 'event' || history.completions.has(number);
  try {
    const generator = handler(surroundings.context) as Generator<SimulatedTask, unknown, unknown>;
    let next = generator.next();
    while (next.done !== true) {
      const task = next.value;
      const fresh = leavesOf(task).filter(({ number }) => number === undefined);
      if (fresh.length > 0 && !asked.every(isSettled)) return { kind: 'waits', asked };
      for (const leaf of fresh) {
        leaf.number = asked.length;
        asked.push(leaf);
      }
      const outcome = outcomeOf(task, history.completions);
      if (outcome === undefined) return { kind: 'waits', asked };
      for (const leaf of leavesOf(task)) leaf.isCompleted = history.completions.has(leaf.number ?? -1);
      surroundings.time = Math.max(surroundings.time, outcome.at);
      next =
        outcome.failed === undefined
          ? generator.next(outcome.value)
          : generator.throw(new Error(outcome.failed));
    }
    return surroundings.again === undefined
      ? { kind: 'done', value: next.value }
      : { kind: 'again', input: surroundings.again };
  } catch (error) {
    return { kind: 'failed', message: String(error) };
  }
}

/** What an orchestrator has around it. */
class Surroundings {
  time: number;
  again: object | undefined;
  readonly context: OrchestrationContext;

  constructor({ instance, input, startedAt }: History) {
    this.time = startedAt;
    const timeNow = (): number => this.time;
    const df = {
      instanceId: instance,
      isReplaying: false,
      get currentUtcDateTime() {
        return new Date(epoch + timeNow());
      },
      getInput: () => structuredClone(input),
      callActivityWithRetry: (name: string, retries: RetryOptions, given: object): Leaf => ({
        kind: 'activity',
        name,
        input: given,
        retries,
      }),
      callSubOrchestrator: (name: string, given: object, id: string): Leaf => ({
        kind: 'orchestration',
        name,
        input: given,
        instance: id,
      }),
      waitForExternalEvent: (name: string): Leaf => ({ kind: 'event', name, input: {} }),
      createTimer: (due: Date): Leaf & { cancel(): void } => ({
        kind: 'timer',
        name: 'timer',
        input: {},
        due: due.getTime() - epoch,
        isCompleted: false,
        cancel() {
          this.isCanceled = true;
        },
      }),
      Task: {
        all: (tasks: SimulatedTask[]): SimulatedTask => ({ kind: 'all', tasks }),
        any: (tasks: SimulatedTask[]): SimulatedTask => ({ kind: 'any', tasks }),
      },
      continueAsNew: (next: object) => (this.again = next),
      setCustomStatus: () => undefined,
    };
    this.context = { df } as unknown as OrchestrationContext;
  }
}
