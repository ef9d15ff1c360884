import { app } from '@azure/functions';
import * as df from 'durable-functions';
import { errorReport } from '../../shared/errors/errorReport';
import { recoverJobs } from '../../shared/jobs/recoverJobs';
import type { Job } from '../../shared/jobs/jobStore';
import { revertLate } from '../../shared/outputs/revert';
import { orchestrationsOf } from '../orchestrationsOf';
import { services } from '../services';

/**
 * Finds jobs that do not run although they should, when a host starts and once a minute, and goes on with what is to be
 * deleted once its jobs have ended, and with collections that nobody asks for any more.
 */
app.timer('recoverJobs', {
  schedule: '0 * * * * *',
  runOnStartup: true,
  extraInputs: [df.input.durableClient()],
  handler: async (_timer, context) => {
    const ready = await services();
    const report = (job: string, error: unknown): void => {
      const what = `Job ${job} could not be recovered, and is tried again in a minute`;
      context.error(`${what}: ${errorReport(error)}`);
    };
    const orchestrations = orchestrationsOf(df.getClient(context));
    const takeBack = (job: Job): Promise<void> => revertLate({ ...ready, blobs: ready.stores.blobs }, job);
    await recoverJobs({ ...ready, takeBack, report }, orchestrations);
    await ready.deletions.advanceAll();
    await ready.operations.forgetOld();
    await ready.collections.advanceAll({
      milliseconds: 20_000,
      state: (instance) => orchestrations.state(instance),
    });
  },
});
