import { createHash } from 'node:crypto';

/**
 * The key of a job: 32 hex digits from its name. Names may have 255 characters and instance ids 100, so ids,
 * partitions and folders are made from the key. Names that differ only in case are the same job.
 */
export function jobKey(name: string): string {
  return createHash('sha256').update(name.toLowerCase()).digest('hex').slice(0, 32);
}

/** The id of the orchestration that runs a job. */
export function instanceId(key: string): string {
  return `job-${key}`;
}

/** The partition of a job's rows: its spec, its run, its claims. */
export function jobPartition(key: string): string {
  return `job:${key}`;
}

/** The start of the names of a job's blobs. */
export function jobPrefix(key: string): string {
  return `jobs/${key}/`;
}
