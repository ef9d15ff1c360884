import { failure } from '../errors/batchpointError';
import type { JobIndex } from '../jobs/jobIndex';
import type { JobSpec } from '../jobs/jobSpec';
import type { Job, JobStore } from '../jobs/jobStore';

/** Lists have the newest job first; so many are looked at in one go. */
const pageSize = 100;

/** Among so many jobs that were made last, the one counts that ended last: a long one may have begun before others. */
const jobsCompared = 300;

interface OutputOwner {
  readonly endpoint: string;
  readonly deployment?: string;
}

/**
 * The job of an endpoint, or of one deployment of it, whose predictions file is the newest: that has completed last. Only
 * where none of the newest jobs has completed, older ones are looked at. Fails with `NewestOutputMissing`.
 */
export async function newestOutput(
  { index, jobs }: { readonly index: JobIndex; readonly jobs: JobStore },
  { endpoint, deployment }: OutputOwner,
): Promise<{ readonly job: JobSpec; readonly uri: string }> {
  const filter = { endpoint, ...(deployment === undefined ? {} : { deployment }) };
  let newest: Job | undefined;
  let seen = 0;
  for (let token: string | undefined; ;) {
    const page = await index.page(filter, pageSize, token);
    for (const job of await jobs.findAll(page.names))
      if (uriOf(job) !== undefined && endOf(job) > endOf(newest)) newest = job;
    seen += page.names.length;
    token = page.next;
    if (token === undefined || (newest !== undefined && seen >= jobsCompared)) break;
  }
  const uri = uriOf(newest);
  if (newest === undefined || uri === undefined) {
    const source = `${deployment === undefined ? '' : `deployment '${deployment}' of `}endpoint '${endpoint}'`;
    throw failure('NewestOutputMissing', { source });
  }
  return { job: newest.spec, uri };
}

/** The predictions file of a job that has completed, as the input of another one. */
function uriOf(job: Job | undefined): string | undefined {
  if (job?.run.state !== 'Completed' || job.run.result?.outputUri === undefined) return undefined;
  const { output } = job.spec;
  if (output.kind === 'local') return job.run.result.outputUri;
  const path = [output.folder, output.fileName].filter((part) => part !== '').join('/');
  return `azureml://datastores/${output.datastore}/paths/${path}`;
}

function endOf(job: Job | undefined): string {
  return job?.run.times.ended ?? '';
}
