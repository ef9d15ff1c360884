import type { RetryOptions } from 'durable-functions';

/** What an orchestrator asks for: one thing, or a compound of several. */
export type SimulatedTask = Leaf | Compound;

/** One thing that an orchestrator asks for; it gets its number when it is yielded. */
export interface Leaf {
  readonly kind: 'activity' | 'orchestration' | 'timer' | 'event';
  readonly name: string;
  readonly input: object;
  readonly retries?: RetryOptions;
  /** The id of a sub-orchestration. */
  readonly instance?: string;
  /** When a timer fires, in virtual milliseconds. */
  readonly due?: number;
  number?: number;
  isCanceled?: boolean;
  isCompleted?: boolean;
}

/** Several tasks: all of them, until the first fails; or the first that completes. */
export interface Compound {
  readonly kind: 'all' | 'any';
  readonly tasks: readonly SimulatedTask[];
}

/** How a task ended. */
export interface Completion {
  /** Completions count up in the order in which an instance learns of them. */
  readonly order: number;
  readonly at: number;
  readonly result: TaskResult;
}

export type TaskResult = { readonly value: unknown } | { readonly failed: string };

/** By the numbers of tasks. */
export type Completions = ReadonlyMap<number, Completion>;

/** How a task has come out, and as of when. */
interface TaskOutcome {
  readonly order: number;
  readonly at: number;
  readonly value?: unknown;
  readonly failed?: string;
}

export function leavesOf(task: SimulatedTask): Leaf[] {
  return isCompound(task) ? task.tasks.flatMap(leavesOf) : [task];
}

/** What is known of a task by what has completed; nothing while it has not come out. */
export function outcomeOf(task: SimulatedTask, completions: Completions): TaskOutcome | undefined {
  if (!isCompound(task)) {
    const done = completions.get(task.number ?? -1);
    return done && { order: done.order, at: done.at, ...done.result };
  }
  const outcomes = task.tasks.map((one) => outcomeOf(one, completions));
  const known = outcomes.filter((one) => one !== undefined).sort((a, b) => a.order - b.order);
  if (task.kind === 'any') {
    const [first] = known;
    return first && { ...first, value: task.tasks[outcomes.indexOf(first)] };
  }
  const failed = known.find((one) => one.failed !== undefined);
  if (failed !== undefined) return failed;
  const last = known.at(-1);
  if (last === undefined || known.length < outcomes.length) return undefined;
  return { order: last.order, at: last.at, value: outcomes.map((one) => one?.value) };
}

function isCompound(task: SimulatedTask): task is Compound {
  return task.kind === 'all' || task.kind === 'any';
}
