import type { OrchestrationHandler } from 'durable-functions';
import type { ScoreLaneGroupInput } from '../shared/domain/scoreJobMessages';
import { laneTasks } from './scoreJob';

/** Runs some forty lanes of a job that has more than one history should carry. */
export const scoreLaneGroup: OrchestrationHandler = function* (context) {
  const lanes = context.df.getInput<ScoreLaneGroupInput>();
  yield context.df.Task.all(laneTasks(context, lanes));
};
