import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import type { InvocationInput } from '../invocation/invoker';
import { input, jsonData } from '../invocation/typedData';
import { keyOf, type Sighting } from './sighting';

/** An event in the schema of Event Grid, as far as is looked into it here. */
interface GridEvent {
  readonly data: object;
  readonly [member: string]: unknown;
}

/** The event of a file that has landed, in the schema of Event Grid. The same version of a file has the same id. */
export function blobCreated(seen: Sighting): GridEvent {
  const { place, path, etag, size, changedAt } = seen;
  return {
    id: idOf(seen),
    topic: place.id,
    subject: `/blobServices/default/containers/${place.id}/blobs/${path}`,
    eventType: 'Microsoft.Storage.BlobCreated',
    eventTime: new Date(changedAt).toISOString(),
    dataVersion: '',
    metadataVersion: '1',
    data: {
      api: 'PutBlob',
      contentLength: size,
      eTag: etag,
      url: pathToFileURL(join(place.folder, path)).href,
    },
  };
}

/** The inputs of an `app.eventGrid` function's invocation, as the host sends them. */
export function eventGridTrigger(triggerName: string, event: GridEvent): InvocationInput {
  return {
    inputData: [input(triggerName, jsonData(JSON.stringify(event)))],
    triggerMetadata: { data: jsonData(JSON.stringify(event.data)) },
  };
}

function idOf(seen: Sighting): string {
  const hash = createHash('sha256')
    .update(`${seen.place.folder} ${keyOf(seen)} ${seen.etag}`)
    .digest('hex');
  return hash.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
