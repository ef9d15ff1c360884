import { jobPrefix } from '../jobs/jobKeys';

/** The files of a job beside its output, by the names that users know. */
export const jobFileNames = {
  overview: 'logs/job_progress_overview.txt',
  result: 'logs/job_result.txt',
  error: 'logs/job_error.txt',
  userError: 'logs/user/error.txt',
  report: 'logs/sys/job_report/processed_mini-batches.csv',
  failedFiles: 'failed_files.csv',
  skippedFiles: 'logs/skipped_files.csv',
  changedFiles: 'logs/changed_files.csv',
  environment: 'logs/sys/environment.txt',
} as const;

/** Logs of one worker. `worker` is `<node>/<process>`. */
export const workerLogNames = {
  error: (worker: string): string => `logs/user/error/${worker}.txt`,
  stdout: (worker: string): string => `logs/user/stdout/${worker}.stdout.txt`,
  stderr: (worker: string): string => `logs/user/stderr/${worker}.stderr.txt`,
} as const;

/** Where the rows of a stopped job are put together, to be looked at. */
export const partialFolder = 'partial/';

/** The start of the names of those blobs of a job that are its files; below it, names are as above. */
export function jobFilesPrefix(key: string): string {
  return `${jobPrefix(key)}files/`;
}
