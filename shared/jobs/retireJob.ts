import type { JobIndex } from './jobIndex';
import type { JobRun } from './jobRun';
import type { Job } from './jobStore';

/**
 * So many milliseconds after its end a job is still looked at that failed at its commit: longer than a delivery that is
 * under way may stay away and still commit.
 */
const watchedFor = 60 * 60_000;

/**
 * What follows the end of a job. Whoever finds the job ended does it again, as the one before may have died: so it is done
 * at least once, and must do nothing twice by itself.
 */
export type FollowUp = (job: Job) => Promise<void>;

/** What is needed to take jobs that have ended out of the active ones. */
export interface RetireContext {
  readonly index: JobIndex;
  readonly now: () => Date;
  readonly followUps: readonly FollowUp[];
}

/**
 * Whether a commit of the job was decided, and failed: then a delivery that was slower may still make the output appear,
 * and whoever finds it takes it back.
 */
export function failedAtCommit({ state, commitDigest }: JobRun): boolean {
  return state === 'Failed' && commitDigest !== undefined;
}

/** Does what follows the end of a job, then takes it out of the active ones, unless it has to be looked at again. */
export async function retireJob({ index, now, followUps }: RetireContext, job: Job): Promise<void> {
  const { spec, run } = job;
  for (const followUp of followUps) await followUp(job);
  const ended = Date.parse(run.times.ended ?? run.times.created);
  if (failedAtCommit(run) && now().getTime() - ended < watchedFor) return;
  await index.deactivate(spec.key);
}
