import { isEnded } from '../domain/jobState';
import { isFailure } from '../errors/batchpointError';
import { invoke, type Invocation } from '../invocation/invoke';
import type { JobStart } from '../jobs/jobStart';
import type { Job } from '../jobs/jobStore';
import { startJob, type Orchestrations } from '../jobs/recoverJobs';
import type { Notification } from '../notifications/notification';

/** What starting works with: what an invocation does. */
export type StartContext = Parameters<typeof invoke>[0];

/** A job that a trigger or schedule wants to have. */
export interface WantedJob {
  /** Follows from what the job is for, so that whoever wants it again finds it. */
  readonly name: string;
  readonly endpoint: string;
  readonly deployment?: string;
  readonly body: Invocation['body'];
  /** An input that no body can name. */
  readonly input?: Invocation['input'];
  readonly startedBy: JobStart;
  /** Those whom the trigger or schedule wants to be told of its end. */
  readonly notifications?: readonly Notification[];
}

/**
 * Makes the job that an event or a run is for, and starts it; where it is there already, that one is meant, also if what
 * makes it has changed since. Says whether it is new. Fails as an invocation does, and with `JobExists` where somebody
 * else has a job of that name.
 */
export async function startOnce(
  context: StartContext,
  orchestrations: Orchestrations,
  wanted: WantedJob,
): Promise<{ readonly job: Job; readonly created: boolean }> {
  const found = await makeOnce(context, wanted);
  const { spec, run } = found.job;
  // Who made it may have died before it was started; what runs is left alone.
  if (!isEnded(run.state) && run.start === 0) await startJob(context.jobs, orchestrations, { spec, run });
  return found;
}

async function makeOnce(
  context: StartContext,
  wanted: WantedJob,
): Promise<{ readonly job: Job; readonly created: boolean }> {
  const { name, body, startedBy, ...target } = wanted;
  const present = await ownJob(context, wanted);
  if (present !== undefined) return { job: present, created: false };
  try {
    return await invoke(context, {
      ...target,
      body: { ...body, properties: { ...body.properties, name } },
      caller: `${startedBy.type} ${startedBy.name}`,
      callerId: `${startedBy.type}:${startedBy.name.toLowerCase()}`,
      requestId: startedBy.id,
      startedBy,
    });
  } catch (error) {
    if (!isFailure(error, 'JobExists') && !isFailure(error, 'RequestConflict')) throw error;
    const made = await ownJob(context, wanted);
    if (made === undefined) throw error;
    return { job: made, created: false };
  }
}

/** The job of that name, where it was started for the same. */
async function ownJob({ jobs }: StartContext, { name, startedBy }: WantedJob): Promise<Job | undefined> {
  const job = await jobs.find(name);
  const by = job?.spec.startedBy;
  const isOwn =
    by?.type === startedBy.type &&
    by.name.toLowerCase() === startedBy.name.toLowerCase() &&
    by.id === startedBy.id;
  return isOwn ? job : undefined;
}
