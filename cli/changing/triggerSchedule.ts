import { randomUUID } from 'node:crypto';
import type { AnsweredJob, AnsweredScheduleRun } from '../client/resources';
import { json } from '../client/workspace';
import type { Context } from '../context';
import { schedulePath } from '../registering/createSchedule';
import { shownJob } from '../shown/job';

/** Starts a job of a schedule and answers it. The request carries an id: sent again, it finds the job that it has started. */
export async function triggerSchedule(
  { workspace }: Context,
  name: string,
  scheduleTime: string | undefined,
): Promise<object> {
  const answer = await workspace.post(`${schedulePath(name)}/trigger`, {
    body: { scheduleTime },
    headers: { 'Repeatability-Request-ID': randomUUID() },
  });
  const { submissionId } = json<AnsweredScheduleRun>(answer);
  return shownJob(await workspace.get<AnsweredJob>(`jobs/${encodeURIComponent(submissionId)}`));
}
