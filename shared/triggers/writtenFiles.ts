import { isFailure } from '../errors/batchpointError';
import type { JobSpec } from '../jobs/jobSpec';
import { lineageAfter } from '../jobs/jobStart';
import type { JobStore } from '../jobs/jobStore';
import { jobOfOutput } from '../outputs/commitOutput';
import type { BlobDetails } from '../stores/blobStore';

/** The job that wrote a file, where one did of which there is a record. */
export async function writerOf(
  jobs: Pick<JobStore, 'spec'>,
  file: Pick<BlobDetails, 'metadata'>,
): Promise<JobSpec | undefined> {
  const key = jobOfOutput(file.metadata);
  if (key === undefined) return undefined;
  try {
    return await jobs.spec(key);
  } catch (error) {
    if (isFailure(error, 'JobRecordMissing') || isFailure(error, 'RowKeyInvalid')) return undefined;
    throw error;
  }
}

/** The triggers and schedules that have led to what a job has written. */
export function lineageOf(job: JobSpec | undefined): readonly string[] {
  return job?.startedBy === undefined ? [] : lineageAfter(job.startedBy);
}
