import type { Job } from './jobStore';

/** What people say of a job. It may change at any time, and nothing of the job depends on it. */
export interface JobLabels {
  readonly displayName?: string;
  readonly description?: string;
  readonly tags: Readonly<Record<string, string>>;
  /** An archived job is left out of lists. */
  readonly isArchived?: boolean;
}

/** The labels of a job: those that were changed last, or those that it was made with. */
export function labelsOfJob({ spec, run }: Pick<Job, 'spec' | 'run'>): JobLabels {
  if (run.labels !== undefined) return run.labels;
  const { description, tags } = spec;
  return { tags, ...(description === undefined ? {} : { description }) };
}
