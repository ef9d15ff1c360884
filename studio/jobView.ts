import type { Job } from '../shared/jobs/jobStore';
import type { ShownQueue } from '../shared/places/queueText';
import type { JobFile } from '../shared/outputs/jobFileAccess';

/** What the page of a job shows. */
export interface JobView {
  readonly job: Job;
  readonly files: readonly JobFile[];
  /** What the installer of the job's environment said last, while it is at work. */
  readonly installing: string | undefined;
  /** What the job waits for, while its compute has no place for it. */
  readonly queue?: ShownQueue | undefined;
  readonly links: PageLinks;
  readonly now: Date;
}

/** Where the links of a page lead. */
export interface PageLinks {
  /** A file, to be read in the browser. */
  readonly view: (file: string) => string;
  /** A file, to be kept. */
  readonly download: (file: string) => string;
}
