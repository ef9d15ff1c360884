import { isFailure } from '../errors/batchpointError';
import type { JobRun } from '../jobs/jobRun';
import type { JobSpec } from '../jobs/jobSpec';
import type { Job } from '../jobs/jobStore';
import type { Claims } from '../planning/claims';
import type { BlobStore } from '../stores/blobStore';
import { withdrawOutput } from './commitOutput';
import type { Destinations } from './destinations';
import { Outcomes } from './outcomes';

/** What a commit is taken back with. */
interface RevertContext {
  readonly blobs: BlobStore;
  readonly destinations: Destinations;
  /** The folder of this process for unfinished work. */
  readonly scratch: string;
}

/** Takes back what was committed of a job. Answers its warnings, with one more where that cannot be done. */
export async function revert(
  context: RevertContext,
  spec: JobSpec,
  { commitDigest = '', warnings }: JobRun,
  outcomes: Outcomes,
): Promise<readonly string[]> {
  try {
    const destination = await context.destinations.open(spec.output);
    await withdrawOutput(context, spec, commitDigest, outcomes, destination);
    return warnings;
  } catch (error) {
    if (!isFailure(error) || error.retryable) throw error;
    return [...warnings, `What was committed may still be there, and could not be removed: ${error.message}`];
  }
}

/** Takes back what a delivery has committed of a job that others had brought to a failed end meanwhile. */
export async function revertLate(
  context: RevertContext & { readonly claims: Claims },
  { spec, run }: Job,
): Promise<void> {
  const { claims, scratch } = context;
  const outcomes = await Outcomes.collect(spec.key, claims.all(spec.key), scratch);
  try {
    await revert(context, spec, run, outcomes);
  } finally {
    await outcomes.close();
  }
}
