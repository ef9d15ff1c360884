import type { InvocationContext } from '@azure/functions';
import * as df from 'durable-functions';
import { isStoppable } from '../../shared/domain/jobState';
import { activityNames } from '../../shared/domain/functionNames';
import {
  whileStoreIsAway,
  type JobInput,
  type ScoreNextInput,
  type StopJobInput,
} from '../../shared/domain/scoreJobMessages';
import type { Wake } from '../../shared/places/places';
import { failure } from '../../shared/errors/batchpointError';
import { errorReport } from '../../shared/errors/errorReport';
import { retireJob } from '../../shared/jobs/retireJob';
import { finishJob } from '../../shared/outputs/finishJob';
import { planJob } from '../../shared/planning/planJob';
import { prepareScorer } from '../../shared/scoring/prepareScorer';
import { scoreNext } from '../../shared/scoring/scoreNext';
import { warmScorers } from '../../shared/scoring/warmScorers';
import { StorePatience } from '../../shared/stores/storePatience';
import { services, type Services } from '../services';
import { wakeBy } from '../wakeBy';

/** What an activity works with that changes who has a place on a compute. */
type Waking = Services & { readonly wake: Wake };

type Log = (error: unknown) => void;

/** How long activities have waited for stores that are away. */
const storePatience = new StorePatience(() => performance.now());

/** Registers an activity: its input is always an object, and so is its answer, which is `wait` where a store is away. */
function activity<Input>(
  name: string,
  wait: object,
  run: (ready: Services, input: Input, log: Log) => Promise<object>,
): void {
  df.app.activity(name, { handler: handlerOf<Input>(name, wait, async (_, ...given) => run(...given)) });
}

/** Registers an activity that wakes orchestrations which wait for a place. */
function wakingActivity<Input>(
  name: string,
  wait: object | undefined,
  run: (ready: Waking, input: Input, log: Log) => Promise<object>,
): void {
  df.app.activity(name, {
    extraInputs: [df.input.durableClient()],
    handler: handlerOf<Input>(name, wait, (context, ready, ...given) => {
      const wake = wakeBy(() => df.getClient(context));
      return run({ ...ready, wake }, ...given);
    }),
  });
}

function handlerOf<Input>(
  name: string,
  wait: object | undefined,
  run: (context: InvocationContext, ready: Services, input: Input, log: Log) => Promise<object>,
): (input: Input, context: InvocationContext) => Promise<object> {
  return async (input, context) => {
    const log = (error: unknown): void => context.error(`${name}: ${errorReport(error)}`);
    const work = async (): Promise<object> => run(context, await services(), input, log);
    try {
      if (wait === undefined) return await work();
      const id = `${name} ${JSON.stringify(input)}`;
      return await storePatience.answerOf({ id, run: work, wait }, log);
    } catch (error) {
      log(error);
      throw error;
    }
  };
}

activity<JobInput>(activityNames.planJob, whileStoreIsAway.planJob, async (ready, { job }, log) => {
  const { parallelism, oneMachine } = ready.settings;
  const machineLimit = oneMachine ? parallelism : undefined;
  const plan = await planJob({ ...ready, blobs: ready.stores.blobs, machineLimit }, job);
  // Nothing waits for this: lanes that find no worker ready start their own.
  warmScorers(ready, job, plan.lanes).catch(log);
  return plan;
});

activity<JobInput>(activityNames.prepareScorer, whileStoreIsAway.prepareScorer, async (ready, { job }) => {
  const { activitySeconds } = ready.settings;
  await prepareScorer({ ...ready, tables: ready.stores.tables, activitySeconds }, job);
  return {};
});

wakingActivity<ScoreNextInput>(activityNames.scoreNext, whileStoreIsAway.scoreNext, (ready, input) => {
  const { activitySeconds } = ready.settings;
  return scoreNext({ ...ready, blobs: ready.stores.blobs, activitySeconds }, input);
});

wakingActivity<StopJobInput>(activityNames.stopJob, undefined, async (ready, { job, reason }) => {
  const error = failure('MachineryFailed', { reason }).toBody();
  const { state } = await ready.jobs.stop(job, { cancelled: false, error });
  if (!isStoppable(state)) await ready.wake(await ready.places.leave(await ready.jobs.spec(job)));
  return {};
});

wakingActivity<JobInput>(activityNames.finishJob, whileStoreIsAway.finishJob, (ready, { job }, log) =>
  finishJob(
    {
      ...ready,
      blobs: ready.stores.blobs,
      ended: async (key) => {
        ready.scorings.forget(key);
        await ready.pool.endJob(key);
        const job = { spec: await ready.jobs.spec(key), run: (await ready.jobs.run(key)).value };
        await retireJob(ready, job);
        // What is deleted once its jobs have ended may have waited for this one; the timer goes on with it otherwise.
        await ready.deletions.advanceAll(job.spec.endpoint).catch(log);
      },
    },
    job,
  ),
);
