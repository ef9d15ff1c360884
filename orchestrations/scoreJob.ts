import type { OrchestrationContext, OrchestrationHandler, Task } from 'durable-functions';
import { activityNames, orchestrationNames } from '../shared/domain/functionNames';
import { lanesPerGroup, splitLanes } from '../shared/domain/lanes';
import type {
  FinishAnswer,
  JobInput,
  OpenClaim,
  PlanAnswer,
  ScoreJobInput,
  ScoreLaneGroupInput,
  ScoreLaneInput,
} from '../shared/domain/scoreJobMessages';
import { messageOf } from './failureMessage';
import { machineryRetries } from './retryPolicy';

/** So often the claims that lost their lane are scored again before the job is given up. */
const repairRounds = 3;

/** Runs a job: plan it, score it in lanes, finish it. The job's own record says how it went. */
export const scoreJob: OrchestrationHandler = function* (context) {
  const { job, start } = context.df.getInput<ScoreJobInput>();
  const prefix = `${context.df.instanceId}-${start}`;
  try {
    const plan = yield* prepare(context, job);
    if (plan.lanes > 0) yield runLanes(context, { job, prefix, from: 0, to: plan.lanes });
    for (let round = 0; round < repairRounds; round++) {
      const { open } = yield* finish(context, job);
      if (open.length === 0) return;
      yield repair(context, job, `${prefix}-repair${round}`, open);
    }
    throw new Error(`Claims stayed open after ${repairRounds} rounds.`);
  } catch (error) {
    yield context.df.callActivityWithRetry(activityNames.stopJob, machineryRetries(), {
      job,
      reason: messageOf(error),
    });
    yield* finish(context, job);
  }
};

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

/** All lanes at once; where they are many, under groups, so that no history grows long. */
function runLanes(context: OrchestrationContext, lanes: ScoreLaneGroupInput): Task {
  const { job, prefix, from, to } = lanes;
  if (to - from <= lanesPerGroup) {
    return context.df.Task.all(laneTasks(context, lanes));
  }
  return context.df.Task.all(
    splitLanes(from, to, lanesPerGroup).map((span) => {
      const input: ScoreLaneGroupInput = { job, prefix, ...span };
      const id = `${prefix}-group${span.from}`;
      return context.df.callSubOrchestrator(orchestrationNames.scoreLaneGroup, input, id);
    }),
  );
}

/** The lanes of one group. */
export function laneTasks(context: OrchestrationContext, lanes: ScoreLaneGroupInput): Task[] {
  const { job, prefix, from, to } = lanes;
  return Array.from({ length: to - from }, (_, i) => {
    const lane = from + i;
    const input: ScoreLaneInput = { job, lane, sequence: 0 };
    return context.df.callSubOrchestrator(orchestrationNames.scoreLane, input, `${prefix}-lane${lane}`);
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
      return context.df.callSubOrchestrator(orchestrationNames.scoreLane, input, `${prefix}-lane${lane}`);
    }),
  );
}
