import { isFailure } from '../errors/batchpointError';
import type { JobIndex } from '../jobs/jobIndex';
import { jobPrefix } from '../jobs/jobKeys';
import type { Job } from '../jobs/jobStore';
import type { BlobStore } from '../stores/blobStore';
import type { CollectionStep, Collector } from './collection';
import { finishRemovals, isCollected, removeJob, type JobRemovalContext } from './jobRemoval';

/** Jobs that are looked at together. */
const pageSize = 100;

/** Removes the jobs that have ended before a time, the newest first, as it may go on from older ones. */
export function collectJobs(stores: Omit<JobRemovalContext, 'state'>): Collector {
  return async function* ({ dryRun, before, state }, place): AsyncGenerator<CollectionStep> {
    const context = { ...stores, state };
    const errors: unknown[] = [];
    const isDone = async (removal: Promise<unknown>): Promise<boolean> => {
      try {
        return (await removal) !== false;
      } catch (error) {
        if (isFailure(error) && error.retryable) throw error;
        errors.push(error);
        return false;
      }
    };
    if (!dryRun) await isDone(finishRemovals(context));
    for await (const { jobs, next } of jobPages(context, place)) {
      for (const job of jobs) {
        if (!(await isCollected(context, job, before))) continue;
        const bytes = await bytesBelow(context.blobs, jobPrefix(job.spec.key));
        if (!dryRun && !(await isDone(removeJob(context, job)))) continue;
        yield { item: { kind: 'jobs', name: job.spec.name, bytes } };
      }
      if (next !== undefined) yield { place: next };
    }
    // What cannot be removed keeps no other waiting, and is told when all others are gone.
    if (errors.length > 0) throw errors[0];
  };
}

/** All jobs in pages, with where the next page begins; the newest first. */
export async function* jobPages(
  { index, jobs }: Pick<JobRemovalContext, 'index' | 'jobs'>,
  place: string | undefined,
): AsyncGenerator<{ readonly jobs: readonly Job[]; readonly next: string | undefined }> {
  let at = place;
  do {
    const page: Awaited<ReturnType<JobIndex['page']>> = await index.page({}, pageSize, at);
    const found = await jobs.findAll(page.names);
    at = page.next;
    yield { jobs: found.filter((job) => job !== undefined), next: at };
  } while (at !== undefined);
}

/** Bytes of all blobs whose names start with a prefix. */
export async function bytesBelow(blobs: BlobStore, prefix: string): Promise<number> {
  let bytes = 0;
  for await (const page of blobs.list(prefix)) for (const { size } of page) bytes += size;
  return bytes;
}
