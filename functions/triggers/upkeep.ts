import { app } from '@azure/functions';
import * as df from 'durable-functions';
import { purgeInstances } from '../../shared/upkeep/purgeInstances';
import { orchestrationsOf, purgeOf } from '../orchestrationsOf';
import { services } from '../services';

const secondsOfDay = 86_400;

/** Clears away, once an hour, what is kept for a time only. A run that was missed is made up for. */
app.timer('upkeep', {
  schedule: '0 23 * * * *',
  extraInputs: [df.input.durableClient()],
  handler: async (_timer, context) => {
    const ready = await services();
    const { instanceRetentionDays: retentionDays, jobRetentionDays } = ready.settings;
    const client = df.getClient(context);
    await purgeInstances({ ...ready, tables: ready.stores.tables, retentionDays }, purgeOf(client));
    await ready.outbox.forgetOld();
    if (jobRetentionDays === undefined) return;
    await ready.collections.beginUnlessOpen(jobRetentionDays * secondsOfDay);
    // What takes longer the timer that runs every minute goes on with.
    const orchestrations = orchestrationsOf(client);
    await ready.collections.advanceAll({
      milliseconds: 20_000,
      state: (instance) => orchestrations.state(instance),
    });
  },
});
