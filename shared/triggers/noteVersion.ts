import { failure } from '../errors/batchpointError';
import { lineageName } from '../jobs/jobStart';
import type { JobStore } from '../jobs/jobStore';
import type { Stored } from '../registry/namedResources';
import type { BlobDetails } from '../stores/blobStore';
import type { TableStore } from '../stores/tableStore';
import type { Arrival } from './arrival';
import { noteArrivals, type NewArrival } from './noteArrivals';
import type { Trigger } from './trigger';
import { lineageOf, writerOf } from './writtenFiles';

/** Notes a version of a file that was found in the place of another one. */
export async function noteVersion(
  context: { readonly tables: TableStore; readonly jobs: Pick<JobStore, 'spec'>; readonly now: () => Date },
  trigger: Stored<Trigger>,
  datastore: string,
  present: BlobDetails,
): Promise<void> {
  const now = context.now();
  const landed = new Date(Math.min(now.getTime(), present.modified.getTime()));
  const { name, etag, size } = present;
  const arrival: Arrival = {
    datastore: datastore.toLowerCase(),
    name,
    etag,
    landedAt: landed.toISOString(),
    notedAt: now.toISOString(),
    size,
  };
  await noteArrivals(context.tables, trigger, [await judged(context.jobs, trigger, arrival, present)]);
}

/**
 * An arrival with those that have led to it; with a reason to leave it alone, where the trigger itself is among them: it
 * would trigger itself for ever.
 */
export async function judged(
  jobs: Pick<JobStore, 'spec'>,
  trigger: Stored<Trigger>,
  arrival: Arrival,
  file: Pick<BlobDetails, 'metadata'>,
): Promise<NewArrival> {
  const writer = await writerOf(jobs, file);
  const lineage = lineageOf(writer);
  if (writer !== undefined && lineage.includes(lineageName('trigger', trigger.name)))
    return { ...arrival, reason: failure('TriggerFileOwn', { path: arrival.name, job: writer.name }) };
  return lineage.length === 0 ? arrival : { ...arrival, lineage };
}
