import { app } from '@azure/functions';
import * as df from 'durable-functions';
import { purgeInstances } from '../../shared/upkeep/purgeInstances';
import { purgeOf } from '../orchestrationsOf';
import { services } from '../services';

const secondsOfDay = 86_400;

/** Clears away, once an hour, what is kept for a time only. A run that was missed is made up for. */
app.timer('upkeep', {
  schedule: '0 23 * * * *',
  extraInputs: [df.input.durableClient()],
  handler: async (_timer, context) => {
    const ready = await services();
    const { instanceRetentionDays: retentionDays, jobRetentionDays } = ready.settings;
    const purge = purgeOf(df.getClient(context));
    await purgeInstances({ ...ready, tables: ready.stores.tables, retentionDays }, purge);
    // The timer that runs every minute goes on with it.
    if (jobRetentionDays !== undefined)
      await ready.collections.beginUnlessOpen(jobRetentionDays * secondsOfDay);
  },
});
