import { printable } from '../errors/printable';
import { withoutSecrets } from '../errors/withoutSecrets';
import { jobFileNames } from '../outputs/jobFiles';
import { isSealed, type JobRun } from './jobRun';
import type { Job, JobStore } from './jobStore';

/** What a job warns of, fit to be shown: warnings quote what users have written, such as the URL of an image. */
export function warningsOfJob({ spec, run }: Job): string[] {
  return [...spec.warnings, ...run.warnings, ...changesNote(run)].map(withoutSecrets);
}

/** What is said of files that changed after they were listed. */
function changesNote({ progress, changed = [] }: JobRun): string[] {
  const count = progress.changedFiles ?? 0;
  if (count <= 0) return [];
  const what = count === 1 ? '1 file' : `${count} files`;
  const were = count === 1 ? 'was scored as it was' : 'were scored as they were';
  const more = count > changed.length && changed.length > 0 ? ` and ${count - changed.length} more` : '';
  const names = changed.length === 0 ? '' : `: ${changed.map(printable).join(', ')}${more}`;
  return [
    `${what} changed after the input was listed, and ${were} then${names}. ${jobFileNames.changedFiles} lists all.`,
  ];
}

/** Adds warnings to the record of a job that has not ended, each once. */
export async function warnJob(jobs: JobStore, key: string, warnings: Iterable<string>): Promise<void> {
  const all = [...warnings];
  if (all.length === 0) return;
  await jobs.change(key, (run) => {
    const further = all.filter((warning) => !run.warnings.includes(warning));
    return further.length === 0 || isSealed(run)
      ? undefined
      : { ...run, warnings: [...run.warnings, ...further] };
  });
}
