import type { OrchestrationContext, OrchestrationHandler, Task } from 'durable-functions';
import { activityNames } from '../shared/domain/functionNames';
import type {
  ScoreLaneInput,
  ScoreNextAnswer,
  ScoreNextInput,
  StopJobInput,
} from '../shared/domain/scoreJobMessages';
import { messageOf } from './failureMessage';
import { machineryRetries } from './retryPolicy';
import { waitForPlace } from './waitForPlace';

/**
 * A lane starts a new history after so many claims. One is four events, and eight more for each try that failed: where
 * every activity needs all of its tries, this many stay below five hundred.
 */
const claimsPerHistory = 10;

/**
 * Takes claim after claim of a job until none is left. A lane never throws, as its siblings go on when one fails
 * and nobody would wait for them: it raises the job's stop flag itself and ends.
 */
export const scoreLane: OrchestrationHandler = function* (context) {
  const { job, lane, sequence, waits = 0 } = context.df.getInput<ScoreLaneInput>();
  let next = sequence;
  try {
    for (let i = 0; i < claimsPerHistory; i++) {
      const input: ScoreNextInput = { job, lane, sequence: next };
      const answer: unknown = yield context.df.callActivityWithRetry(
        activityNames.scoreNext,
        machineryRetries(),
        input,
      );
      const { more, again, wait } = answer as ScoreNextAnswer;
      if (!more) return { claims: next };
      if (wait === true) {
        // Once it has had a place, a lane that loses it waits for a short time again.
        const waited = i === 0 ? waits : 0;
        yield* waitForPlace(context, waited);
        const input: ScoreLaneInput = { job, lane, sequence: next, waits: waited + 1 };
        context.df.continueAsNew(input);
        return undefined;
      }
      if (again !== true) next++;
    }
  } catch (error) {
    return { claims: next, stopped: yield* stop(context, { job, reason: messageOf(error) }) };
  }
  const input: ScoreLaneInput = { job, lane, sequence: next };
  context.df.continueAsNew(input);
  return undefined;
};

/** Raises the stop flag; says whether that could be done. */
function* stop(context: OrchestrationContext, input: StopJobInput): Generator<Task, boolean, unknown> {
  try {
    yield context.df.callActivityWithRetry(activityNames.stopJob, machineryRetries(), input);
    return true;
  } catch {
    return false;
  }
}
