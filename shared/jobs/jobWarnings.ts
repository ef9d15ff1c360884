import { isEnded } from '../domain/jobState';
import { withoutSecrets } from '../errors/withoutSecrets';
import type { Job, JobStore } from './jobStore';

/** What a job warns of, fit to be shown: warnings quote what users have written, such as the URL of an image. */
export function warningsOfJob({ spec, run }: Job): string[] {
  return [...spec.warnings, ...run.warnings].map(withoutSecrets);
}

/** Adds warnings to the record of a job that has not ended, each once. */
export async function warnJob(jobs: JobStore, key: string, warnings: Iterable<string>): Promise<void> {
  const all = [...warnings];
  if (all.length === 0) return;
  await jobs.change(key, (run) => {
    const further = all.filter((warning) => !run.warnings.includes(warning));
    return further.length === 0 || isEnded(run.state)
      ? undefined
      : { ...run, warnings: [...run.warnings, ...further] };
  });
}
