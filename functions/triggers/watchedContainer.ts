import { app } from '@azure/functions';
import * as df from 'durable-functions';
import { failure } from '../../shared/errors/batchpointError';
import { readBlobService } from '../../shared/stores/azure/azureAccount';
import { services } from '../services';
import { readWatchedContainer } from '../settings';
import { advancing } from './advancing';
import { handOverNames, landedBlobOf, type WatchedBlob } from './watchedBlob';

const watched = readWatchedContainer(process.env);

/**
 * A blob has landed in the one container that the settings name, for which the Storage extension subscribes to the events
 * by itself. Triggers that watch it get their jobs, as with the events of `blobCreated`; no blob is loaded.
 */
if (watched !== undefined) {
  const { container, connection } = watched;
  handOverNames();
  app.storageBlob<WatchedBlob>('watchedContainer', {
    path: `${container}/{name}`,
    connection,
    source: 'EventGrid',
    sdkBinding: true,
    extraInputs: [df.input.durableClient()],
    handler: async (blob, context) => {
      const ready = await services();
      const service = readBlobService(process.env, connection);
      const landed = landedBlobOf(blob, context.triggerMetadata, { now: ready.now(), service });
      if (landed === undefined) {
        const expected = 'the name of settings that tell where a storage account is';
        throw failure('SettingInvalid', {
          name: 'BATCHPOINT_WATCHED_CONNECTION',
          value: connection,
          expected,
        });
      }
      const triggers = await ready.arrivals.note(landed);
      await ready.triggerAdvance.advance(triggers, advancing(context, 10_000));
    },
  });
}
