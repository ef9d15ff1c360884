import { app } from '@azure/functions';
import * as df from 'durable-functions';
import { services } from '../services';
import { advancing } from './advancing';
import { landedFileOf, type BlobEvent } from './landedFileOf';

/**
 * A file has landed in a storage account, or in a folder that the embedded host watches: triggers that watch it get their
 * jobs. Once this has answered, the file is noted; jobs that are not made by then the timer makes.
 */
app.eventGrid<BlobEvent>('blobCreated', {
  extraInputs: [df.input.durableClient()],
  handler: async (event, context) => {
    const ready = await services();
    const landed = landedFileOf(event, ready.now());
    if (landed === undefined) return;
    const triggers = await ready.arrivals.note(landed);
    await ready.triggerAdvance.advance(triggers, advancing(context, 10_000));
  },
});
