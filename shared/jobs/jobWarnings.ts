import { withoutSecrets } from '../errors/withoutSecrets';
import type { Job } from './jobStore';

/** What a job warns of, fit to be shown: warnings quote what users have written, such as the URL of an image. */
export function warningsOfJob({ spec, run }: Job): string[] {
  return [...spec.warnings, ...run.warnings].map(withoutSecrets);
}
