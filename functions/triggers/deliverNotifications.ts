import { app } from '@azure/functions';
import { errorReport } from '../../shared/errors/errorReport';
import { services } from '../services';

/** Milliseconds that one look waits for what it has begun: the next one is five seconds after it began. */
const waitsFor = 4_000;

/** Tells of jobs that have ended whoever wants to know, and could not be told at once. */
app.timer('deliverNotifications', {
  schedule: '*/5 * * * * *',
  handler: async (_timer, context) => {
    const { deliveries } = await services();
    await deliveries.deliverDue(waitsFor, (error) =>
      context.error(`A notification could not be looked after, and is tried again: ${errorReport(error)}`),
    );
  },
});
