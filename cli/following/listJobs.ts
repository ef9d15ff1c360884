import type { Audience } from '../../shared/security/tokens';
import type { AnsweredJob } from '../client/resources';
import { usageInvalid } from '../commands/usageInvalid';
import type { Context } from '../context';
import { listOptions } from '../registering/listOptions';
import { shownJob } from '../shown/job';

/** Which jobs are listed, and how many at most. */
interface JobList {
  readonly path: string;
  readonly audience: Audience;
  readonly maxResults: number | undefined;
  /** Whether all of them are listed, whatever their number. */
  readonly allResults?: boolean;
  readonly includeArchived?: boolean;
  readonly archivedOnly?: boolean;
  /** Only those that this trigger or schedule has started. */
  readonly trigger?: string | undefined;
  readonly schedule?: string | undefined;
}

/** Jobs that are listed where nobody says how many. */
const usualResults = 50;

/** Lists jobs, the newest first. Says so where there are more than are listed by default. */
export async function listJobs(
  { workspace, terminal }: Context,
  { path, audience, maxResults, allResults = false, trigger, schedule, ...choice }: JobList,
): Promise<object[]> {
  const most = maxResults ?? (allResults ? Infinity : usualResults);
  if (trigger !== undefined && schedule !== undefined)
    throw usageInvalid(
      'A job is started by a trigger or by a schedule: one of --trigger and --schedule is enough',
    );
  const { query, ...rest } = listOptions(choice);
  const starter: Readonly<Record<string, string>> =
    trigger !== undefined ? { trigger } : schedule !== undefined ? { schedule } : {};
  const options = { ...rest, audience, most: most + 1, query: { ...query, ...starter } };
  const found = await workspace.all<AnsweredJob>(path, options);
  if (found.length > most && maxResults === undefined) {
    terminal.warn(`There are more than these ${most} jobs. --max-results or --all-results lists more.`);
  }
  return found.slice(0, most).map(shownJob);
}

/**
 * The children of a job. In Azure a batch job is a pipeline with one step, which has the output; here job and step
 * are one, so the child goes by the name of its parent, and whatever is asked of it is answered.
 */
export async function childrenOf({ workspace }: Context, parent: string): Promise<object[]> {
  const job = await workspace.get<AnsweredJob>(`jobs/${encodeURIComponent(parent)}`);
  const { name, ...rest } = shownJob(job);
  return [{ name, ...rest, display_name: 'batchscoring', parent_job_name: name }];
}
