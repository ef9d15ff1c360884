import { app } from '@azure/functions';
import * as df from 'durable-functions';
import { errorReport } from '../../shared/errors/errorReport';
import { orchestrationsOf } from '../orchestrationsOf';
import { services } from '../services';

/** So often schedules are looked for whose writer has died before they were taken up, in milliseconds. */
const followEvery = 60_000;

let followed = -Infinity;

/**
 * Starts, every five seconds, the jobs of the schedules that are due. Where none is this is one read; once a minute and when
 * a host starts, all schedules are read.
 */
app.timer('schedules', {
  schedule: '*/5 * * * * *',
  extraInputs: [df.input.durableClient()],
  handler: async (_timer, context) => {
    const { scheduleStates, scheduleRuns } = await services();
    if (performance.now() - followed >= followEvery) {
      followed = performance.now();
      await scheduleStates.followAll();
    }
    await scheduleRuns.startDue({
      orchestrations: orchestrationsOf(df.getClient(context)),
      milliseconds: 30_000,
      report: (schedule, error) =>
        context.error(`Schedule ${schedule} could not start its job, and tries again: ${errorReport(error)}`),
    });
  },
});
