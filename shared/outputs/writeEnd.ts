import type { ErrorBody } from '../errors/batchpointError';
import type { JobRun } from '../jobs/jobRun';
import type { JobSpec } from '../jobs/jobSpec';
import type { JobStore } from '../jobs/jobStore';
import type { Row } from '../stores/tableStore';
import { failureText } from './failureTexts';
import { joinLogs, type JoinContext } from './joinLogs';
import type { Outcomes } from './outcomes';
import { writeResultTexts } from './resultTexts';

/** What the end of a job is written with. */
export interface EndContext extends JoinContext {
  readonly jobs: JobStore;
  readonly now: () => Date;
}

/**
 * Makes the logs and texts of a job, then writes its last state where nothing has changed since its record was read;
 * says whether that was so. An outcome that was written since is not in the logs yet: then all is done once more.
 */
export async function writeEnd(
  context: EndContext,
  spec: JobSpec,
  read: Row<JobRun>,
  outcomes: Outcomes,
  last: Partial<JobRun> & Pick<JobRun, 'state'>,
): Promise<boolean> {
  const before = read.value;
  const times = { ...before.times, ended: context.now().toISOString() };
  const failures = [...before.failures].sort((a, b) => a.miniBatch - b.miniBatch);
  const run: JobRun = { ...before, ...last, progress: outcomes.progress, failures, times };
  const ended = run.error === undefined ? run : { ...run, error: withFailures(run.error, failures) };
  await joinLogs(context, spec.key, outcomes);
  await writeResultTexts(context.blobs, spec, ended);
  return context.jobs.replace(spec.key, read, ended);
}

/** The error of a job names the failures that led to it, each with the end of its traceback. */
function withFailures(error: ErrorBody, failures: JobRun['failures']): ErrorBody {
  if (failures.length === 0 || error.details !== undefined) return error;
  const details = failures.map((one) => ({
    code: one.code,
    message: failureText(one).trimEnd(),
    target: `mini-batch ${one.miniBatch}`,
  }));
  const [first] = details;
  const message =
    error.code === 'NoSucceededItem'
      ? `${error.message}${first?.message.split('\n', 1)[0] ?? ''}`
      : error.message;
  return { ...error, message, details };
}
