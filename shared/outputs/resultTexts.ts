import type { ErrorBody } from '../errors/batchpointError';
import type { JobRun } from '../jobs/jobRun';
import type { JobSpec } from '../jobs/jobSpec';
import { warningsOfJob } from '../jobs/jobWarnings';
import type { BlobStore } from '../stores/blobStore';
import { failureText } from './failureTexts';
import { jobFileNames, jobFilesPrefix } from './jobFiles';
import { summaryLines, summaryText } from './summary';

/** Writes the texts that say how a job went: overview, result, and its errors where it has any. */
export async function writeResultTexts(blobs: BlobStore, spec: JobSpec, run: JobRun): Promise<void> {
  const write = async (file: string, text: string): Promise<void> => {
    await blobs.write(`${jobFilesPrefix(spec.key)}${file}`, text);
  };
  const warnings = warningsOfJob({ spec, run })
    .map((warning) => `Warning: ${warning}\n`)
    .join('');
  await write(jobFileNames.overview, summaryText(summaryLines(spec, run)) + warnings);
  await write(jobFileNames.result, resultText(run));
  if (run.error !== undefined) await write(jobFileNames.error, errorText(run.error));
  if (run.failures.length > 0) await write(jobFileNames.userError, run.failures.map(failureText).join('\n'));
}

function resultText({ state, stop, result, error, progress }: JobRun): string {
  if (state === 'Canceled')
    return `Canceled${stop?.cancelled === true ? ` by ${stop.by}` : ''}. What was scored is kept.\n`;
  if (error !== undefined) return `Failed: ${error.code}: ${error.message}\n`;
  const failed =
    progress.failedFiles === 0
      ? ''
      : ` ${progress.failedFiles} files failed: see ${jobFileNames.failedFiles}.`;
  return `Completed: ${progress.rows} rows${result?.outputUri === undefined ? '' : ` in ${result.outputUri}`}.${failed}\n`;
}

function errorText(error: ErrorBody): string {
  const details = (error.details ?? []).map(({ message }) => message);
  return `${[`${error.code}: ${error.message}`, ...details].join('\n\n')}\n`;
}
