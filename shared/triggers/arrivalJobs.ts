import { failure } from '../errors/batchpointError';
import type { Orchestrations } from '../jobs/recoverJobs';
import type { Stored } from '../registry/namedResources';
import { startOnce, type WantedJob } from '../starting/startOnce';
import type { Row } from '../stores/tableStore';
import type { Arrival } from './arrival';
import { faultOfFile, isOwnFault, type TriggerJobContext } from './triggerFaults';
import type { Outcome } from './settling';
import type { Trigger } from './trigger';
import { jobOfFile, jobOfMarker, jobOfOutput } from './wantedJobs';

/**
 * Makes and starts the job for one arrival, and answers what became of it. Fails where the reason does not lie in the
 * arrival: then it waits.
 */
export async function startArrivalJob(
  context: TriggerJobContext,
  orchestrations: Orchestrations,
  trigger: Stored<Trigger>,
  open: Row<Arrival>,
): Promise<Outcome> {
  try {
    const wanted = await wantedJob(context, trigger, open.value);
    const { job } = await startOnce(context, orchestrations, wanted);
    return { open, job: job.spec.name };
  } catch (error) {
    if (!isOwnFault(error)) throw error;
    return { open, reason: error };
  }
}

/** Fails with `TriggerFileGone` or `TriggerFileReplaced` where the version is not there any more. */
async function wantedJob(
  context: TriggerJobContext,
  trigger: Stored<Trigger>,
  arrival: Arrival,
): Promise<WantedJob> {
  const { watch, batching } = trigger.value;
  // What waits is what it was noted as, whatever the trigger has been changed to since.
  if (watch.type === 'outputs' || arrival.datastore === undefined) {
    const job = await context.jobs.find(arrival.name);
    if (job === undefined || watch.type === 'files') throw failure('TriggerFileGone', { path: arrival.name });
    return jobOfOutput(trigger, arrival, job.spec);
  }
  const reason = await faultOfFile(context, trigger, watch, arrival);
  if (reason !== undefined) throw reason;
  return (batching.type === 'marker' ? jobOfMarker : jobOfFile)(trigger, watch, arrival);
}
