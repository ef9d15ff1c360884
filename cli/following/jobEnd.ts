import { failure } from '../../shared/errors/batchpointError';
import { failureText } from '../../shared/outputs/failureTexts';
import { jobFileNames } from '../../shared/outputs/jobFiles';
import type { AnsweredJob } from '../client/resources';
import { isServerError } from '../client/serverError';
import type { Workspace } from '../client/workspace';
import type { Context } from '../context';
import { JobFailure } from './jobFailure';

/** Failures that are told in full; all of them are in a file of the job. */
const failuresTold = 3;

/** Tells how a job ended: its summary, and what failed. Fails with `JobFailure` where it is not Completed. */
export async function tellEnd({ workspace, terminal }: Context, job: AnsweredJob): Promise<void> {
  const { name, properties } = job;
  terminal.print(`\n${await summaryOf(workspace, name)}`);
  if (properties.status === 'Canceled') throw new JobFailure(failure('JobCanceled', { job: name }).toBody());
  if (properties.status === 'Failed')
    throw new JobFailure(properties.error ?? failure('JobFailed', { job: name }).toBody());
  const { failures = [], progress } = properties;
  if (progress.filesFailed === 0) return;
  const list = `'batchpoint job download -n ${name} --all' gets ${jobFileNames.failedFiles} with all of them.`;
  terminal.warn(
    [`${progress.filesFailed} files failed. ${list}`, ...failures.slice(0, failuresTold).map(failureText)]
      .join('\n')
      .trimEnd(),
  );
}

/** The summary as the host has written it at the end of the job, without the warnings, which have been told. */
async function summaryOf(workspace: Workspace, job: string): Promise<string> {
  const path = `jobs/${encodeURIComponent(job)}/files/${jobFileNames.overview}`;
  try {
    const { body } = await workspace.piece(path, 0, 1024 * 1024);
    return body.toString('utf8').replace(/^Warning: .*\n/gm, '');
  } catch (error) {
    if (!isServerError(error, 'JobFileMissing')) throw error;
    return '';
  }
}
