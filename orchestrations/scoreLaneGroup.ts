import type { OrchestrationHandler } from 'durable-functions';
import type { ScoreLaneGroupInput } from '../shared/domain/scoreJobMessages';
import { runLanes } from './scoreJob';

/** Runs a stretch of the lanes of a job that has more than one history should carry. */
export const scoreLaneGroup: OrchestrationHandler = function* (context) {
  const lanes = context.df.getInput<ScoreLaneGroupInput>();
  yield runLanes(context, lanes);
};
