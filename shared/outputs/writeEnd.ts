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
 * Fixes the moment of a job's end in its record, where nothing has changed since that was read; answers the record as
 * it is then, or nothing where something has. From then on no outcome and no warning is taken any more, so that all who
 * are at the end of one job write the same files and texts, also one that comes late.
 */
export async function sealEnd(
  { jobs, now }: Pick<EndContext, 'jobs' | 'now'>,
  key: string,
  read: Row<JobRun>,
): Promise<Row<JobRun> | undefined> {
  const { times } = read.value;
  if (times.ending !== undefined) return read;
  const sealed: JobRun = { ...read.value, times: { ...times, ending: now().toISOString() } };
  return (await jobs.replace(key, read, sealed)) ? jobs.run(key) : undefined;
}

/**
 * Makes the logs and texts of a job, then writes its last state where nothing has changed since its record was read;
 * says whether that was so. Otherwise all is done once more.
 */
export async function writeEnd(
  context: EndContext,
  spec: JobSpec,
  read: Row<JobRun>,
  outcomes: Outcomes,
  last: Partial<JobRun> & Pick<JobRun, 'state'>,
): Promise<boolean> {
  await joinLogs(context, spec.key, outcomes);
  const sealed = await sealEnd(context, spec.key, read);
  if (sealed?.value.state !== read.value.state) return false;
  const before = sealed.value;
  const { ending = context.now().toISOString(), ...earlier } = before.times;
  const times = { ...earlier, ended: ending };
  const failures = [...before.failures].sort((a, b) => a.miniBatch - b.miniBatch);
  const run: JobRun = { ...before, ...last, progress: outcomes.progress, failures, times };
  const ended = run.error === undefined ? run : { ...run, error: withFailures(run.error, failures) };
  await writeResultTexts(context.blobs, spec, ended);
  return context.jobs.replace(spec.key, sealed, ended);
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
