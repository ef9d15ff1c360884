import type { OrchestrationHandler } from 'durable-functions';
import { activityNames } from '../shared/domain/functionNames';
import type {
  ScoreLaneInput,
  ScoreNextAnswer,
  ScoreNextInput,
  StopJobInput,
} from '../shared/domain/scoreJobMessages';
import { messageOf } from './failureMessage';
import { machineryRetries } from './retryPolicy';

/** A lane starts a new history after so many claims. */
const claimsPerHistory = 20;

/**
 * Takes claim after claim of a job until none is left. A lane never throws, as its siblings go on when one fails
 * and nobody would wait for them: it raises the job's stop flag itself and ends.
 */
export const scoreLane: OrchestrationHandler = function* (context) {
  const { job, lane, sequence } = context.df.getInput<ScoreLaneInput>();
  try {
    for (let i = 0; i < claimsPerHistory; i++) {
      const input: ScoreNextInput = { job, lane, sequence: sequence + i };
      const answer: unknown = yield context.df.callActivityWithRetry(
        activityNames.scoreNext,
        machineryRetries(),
        input,
      );
      if (!(answer as ScoreNextAnswer).more) return { claims: sequence + i };
    }
  } catch (error) {
    const input: StopJobInput = { job, reason: messageOf(error) };
    try {
      yield context.df.callActivityWithRetry(activityNames.stopJob, machineryRetries(), input);
    } catch {
      return { claims: sequence, stopped: false };
    }
    return { claims: sequence, stopped: true };
  }
  const next: ScoreLaneInput = { job, lane, sequence: sequence + claimsPerHistory };
  context.df.continueAsNew(next);
  return undefined;
};
