import type { InvocationContext } from '@azure/functions';
import * as df from 'durable-functions';
import { isStoppable } from '../../shared/domain/jobState';
import { activityNames } from '../../shared/domain/functionNames';
import type { JobInput, ScoreNextInput, StopJobInput } from '../../shared/domain/scoreJobMessages';
import type { Wake } from '../../shared/places/places';
import { failure } from '../../shared/errors/batchpointError';
import { errorReport } from '../../shared/errors/errorReport';
import { finishJob } from '../../shared/outputs/finishJob';
import { planJob } from '../../shared/planning/planJob';
import { prepareScorer } from '../../shared/scoring/prepareScorer';
import { scoreNext } from '../../shared/scoring/scoreNext';
import { warmScorers } from '../../shared/scoring/warmScorers';
import { services, type Services } from '../services';
import { wakeBy } from '../wakeBy';

/** What an activity works with. */
type Ready = Services & { readonly wake: Wake };

/** Registers an activity: its input is always an object, and so is its answer. */
function activity<Input>(
  name: string,
  run: (ready: Ready, input: Input, log: (error: unknown) => void) => Promise<object>,
): void {
  df.app.activity(name, {
    extraInputs: [df.input.durableClient()],
    handler: async (input: Input, context: InvocationContext) => {
      const log = (error: unknown): void => context.error(`${name}: ${errorReport(error)}`);
      try {
        const wake = wakeBy(() => df.getClient(context));
        return await run({ ...(await services()), wake }, input, log);
      } catch (error) {
        log(error);
        throw error;
      }
    },
  });
}

activity<JobInput>(activityNames.planJob, async (ready, { job }, log) => {
  const { parallelism, oneMachine } = ready.settings;
  const machineLimit = oneMachine ? parallelism : undefined;
  const plan = await planJob({ ...ready, blobs: ready.stores.blobs, machineLimit }, job);
  // Nothing waits for this: lanes that find no worker ready start their own.
  warmScorers(ready, job, plan.lanes).catch(log);
  return plan;
});

activity<JobInput>(activityNames.prepareScorer, async (ready, { job }) => {
  const { activitySeconds } = ready.settings;
  await prepareScorer({ ...ready, tables: ready.stores.tables, activitySeconds }, job);
  return {};
});

activity<ScoreNextInput>(activityNames.scoreNext, (ready, input) => {
  const { activitySeconds } = ready.settings;
  return scoreNext({ ...ready, blobs: ready.stores.blobs, activitySeconds }, input);
});

activity<StopJobInput>(activityNames.stopJob, async (ready, { job, reason }) => {
  const error = failure('MachineryFailed', { reason }).toBody();
  const { state } = await ready.jobs.stop(job, { cancelled: false, error });
  if (!isStoppable(state)) await ready.wake(await ready.places.leave(await ready.jobs.spec(job)));
  return {};
});

activity<JobInput>(activityNames.finishJob, (ready, { job }, log) =>
  finishJob(
    {
      ...ready,
      blobs: ready.stores.blobs,
      ended: async (key) => {
        ready.scorings.forget(key);
        await ready.pool.endJob(key);
        await ready.index.deactivate(key);
        // What is deleted once its jobs have ended may have waited for this one; the timer goes on with it otherwise.
        const { endpoint } = await ready.jobs.spec(key);
        await ready.deletions.advanceAll(endpoint).catch(log);
      },
    },
    job,
  ),
);
