import { app } from '@azure/functions';
import { services } from '../services';

/**
 * Tells the host of this machine which folders to watch, when the app starts, and once a minute for what other processes have
 * changed. What this one changes is told at once.
 */
app.timer('watchedPlaces', {
  schedule: '0 * * * * *',
  runOnStartup: true,
  handler: async () => {
    await (await services()).watchedPlaces?.update();
  },
});
