import { failure } from '../../shared/errors/batchpointError';
import type { AnsweredJob } from '../client/resources';
import type { Context } from '../context';
import { shownJob } from '../shown/job';
import { changed, patchBetween, type Changes } from './changes';

const keys = ['display_name', 'description', 'tags'];

/** Changes what is said of a job, and answers it. Fails with `JobFixed` beside faults of usage. */
export async function updateJob({ workspace }: Context, name: string, changes: Changes): Promise<object> {
  const path = jobPath(name);
  const before = shownJob(await workspace.get<AnsweredJob>(path));
  const refuse = (field: string): Error => failure('JobFixed', { job: name, field });
  const { display_name: displayName, ...rest } = patchBetween(
    before,
    changed(before, changes, { keys, refuse }),
  );
  const properties = { ...rest, ...(displayName === undefined ? {} : { displayName }) };
  return shownJob(await workspace.patch<AnsweredJob>(path, { properties }));
}

/** Archives a job, or takes it back. */
export async function archiveJob({ workspace }: Context, name: string, isArchived: boolean): Promise<void> {
  await workspace.patch(jobPath(name), { properties: { isArchived } });
}

function jobPath(name: string): string {
  return `jobs/${encodeURIComponent(name)}`;
}
