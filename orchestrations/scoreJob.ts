import type { OrchestrationContext, OrchestrationHandler, Task } from 'durable-functions';
import { activityNames, orchestrationNames } from '../shared/domain/functionNames';
import { laneInstance, runPrefix } from '../shared/domain/instanceIds';
import { groupsOfLanes, lanesPerGroup } from '../shared/domain/lanes';
import type {
  FinishAnswer,
  JobInput,
  OpenClaim,
  PlanAnswer,
  Repairs,
  ScoreJobInput,
  ScoreLaneGroupInput,
  ScoreLaneInput,
} from '../shared/domain/scoreJobMessages';
import { messageOf } from './failureMessage';
import { machineryRetries } from './retryPolicy';
import { waitForPlace } from './waitForPlace';

/** So often claims that lost their lanes are scored again, without becoming fewer, before the job is given up. */
const repairsInVain = 3;

const noRepairs: Repairs = { rounds: 0, inVain: 0, open: Number.MAX_SAFE_INTEGER };

/**
 * Runs a job: plan it, score it in lanes, finish it. The job's own record says how it went. Each round in which claims
 * are scored again has a history of its own.
 */
export const scoreJob: OrchestrationHandler = function* (context) {
  const { job, start, waits = 0, repairs } = context.df.getInput<ScoreJobInput>();
  const prefix = runPrefix(context.df.instanceId, start);
  try {
    if (repairs === undefined) {
      const plan = yield* prepare(context, job);
      if (plan.wait === true) {
        yield* waitForPlace(context, waits);
        const again: ScoreJobInput = { job, start, waits: waits + 1 };
        context.df.continueAsNew(again);
        return;
      }
      if (plan.lanes > 0) yield runLanes(context, { job, prefix, from: 0, to: plan.lanes });
    }
    const { open, left, wait } = yield* finish(context, job);
    if (wait === true) {
      yield* waitForStore(context, { job, start, waits, repairs: repairs ?? noRepairs });
      return;
    }
    if (open.length === 0) return;
    const next = afterRepair(repairs ?? noRepairs, left);
    yield repair(context, job, `${prefix}-repair${next.rounds}`, open);
    const input: ScoreJobInput = { job, start, repairs: next };
    context.df.continueAsNew(input);
  } catch (error) {
    yield context.df.callActivityWithRetry(activityNames.stopJob, machineryRetries(), {
      job,
      reason: messageOf(error),
    });
    const { wait } = yield* finish(context, job);
    if (wait === true) yield* waitForStore(context, { job, start, waits, repairs: repairs ?? noRepairs });
  }
};

/** Waits for a while, and goes on with the end of the job. */
function* waitForStore(
  context: OrchestrationContext,
  input: ScoreJobInput & { readonly waits: number },
): Generator<Task, void, unknown> {
  yield* waitForPlace(context, input.waits);
  const again: ScoreJobInput = { ...input, waits: input.waits + 1 };
  context.df.continueAsNew(again);
}

/** The repairs with one more, of so many open claims. Fails where they do not become fewer. */
function afterRepair({ rounds, inVain, open }: Repairs, left: number): Repairs {
  const next = { rounds: rounds + 1, inVain: left < open ? 0 : inVain + 1, open: left };
  if (next.inVain < repairsInVain) return next;
  throw new Error(`${left} claims stayed open, and did not become fewer in ${repairsInVain} rounds.`);
}

function* prepare(context: OrchestrationContext, job: string): Generator<Task, PlanAnswer, unknown> {
  const input: JobInput = { job };
  const answers: unknown = yield context.df.Task.all([
    context.df.callActivityWithRetry(activityNames.planJob, machineryRetries(), input),
    context.df.callActivityWithRetry(activityNames.prepareScorer, machineryRetries(), input),
  ]);
  const [plan] = answers as [PlanAnswer, unknown];
  return plan;
}

function* finish(context: OrchestrationContext, job: string): Generator<Task, FinishAnswer, unknown> {
  const input: JobInput = { job };
  const answer: unknown = yield context.df.callActivityWithRetry(
    activityNames.finishJob,
    machineryRetries(),
    input,
  );
  return answer as FinishAnswer;
}

/** All lanes at once; where they are many, under groups, and groups of groups, so that no history grows long. */
export function runLanes(context: OrchestrationContext, lanes: ScoreLaneGroupInput): Task {
  const { job, prefix, from, to } = lanes;
  if (to - from <= lanesPerGroup) return context.df.Task.all(laneTasks(context, lanes));
  return context.df.Task.all(
    groupsOfLanes(from, to).map((span) => {
      const input: ScoreLaneGroupInput = { job, prefix, ...span };
      // A group of groups begins where its first group does.
      const size = span.to - span.from > lanesPerGroup ? `to${span.to}` : '';
      const id = `${prefix}-group${span.from}${size}`;
      return context.df.callSubOrchestrator(orchestrationNames.scoreLaneGroup, input, id);
    }),
  );
}

/** The lanes of one group. */
function laneTasks(context: OrchestrationContext, lanes: ScoreLaneGroupInput): Task[] {
  const { job, prefix, from, to } = lanes;
  return Array.from({ length: to - from }, (_, i) => {
    const lane = from + i;
    const input: ScoreLaneInput = { job, lane, sequence: 0 };
    return context.df.callSubOrchestrator(orchestrationNames.scoreLane, input, laneInstance(prefix, lane));
  });
}

/** Scores open claims again: each of their lanes from the first of them on. */
function repair(
  context: OrchestrationContext,
  job: string,
  prefix: string,
  open: readonly OpenClaim[],
): Task {
  const first = new Map<number, number>();
  for (const { lane, sequence } of open) first.set(lane, Math.min(sequence, first.get(lane) ?? sequence));
  return context.df.Task.all(
    [...first].map(([lane, sequence]) => {
      const input: ScoreLaneInput = { job, lane, sequence };
      return context.df.callSubOrchestrator(orchestrationNames.scoreLane, input, laneInstance(prefix, lane));
    }),
  );
}
