import { app } from '@azure/functions';
import * as df from 'durable-functions';
import { services } from '../services';
import { advancing } from './advancing';

/**
 * Makes, every five seconds, the jobs of triggers that wait: of files that were noted by a host that has died, of windows
 * that are over, and of triggers that could not make them before. Where nothing waits this is one read.
 */
app.timer('advanceTriggers', {
  schedule: '*/5 * * * * *',
  extraInputs: [df.input.durableClient()],
  handler: async (_timer, context) => {
    const ready = await services();
    await ready.triggerAdvance.advanceAll(advancing(context, 30_000));
  },
});
