import { failure } from '../errors/batchpointError';
import { lineageName } from '../jobs/jobStart';
import type { Job } from '../jobs/jobStore';
import type { FollowUp } from '../jobs/retireJob';
import type { Stored } from '../registry/namedResources';
import type { TableStore } from '../stores/tableStore';
import { noteArrivals, type NewArrival } from './noteArrivals';
import type { Trigger } from './trigger';
import type { Triggers } from './triggers';
import { lineageOf } from './writtenFiles';

/** What the ends of jobs are noted with. */
export interface ChainContext {
  readonly tables: TableStore;
  readonly registry: { readonly triggers: Pick<Triggers, 'list'> };
  readonly now: () => Date;
}

/**
 * Notes a job that has completed for the triggers that watch the outputs of its endpoint, before the job leaves the active
 * ones: so none is missed, whoever dies.
 */
export function noteOutput(context: ChainContext): FollowUp {
  return async (job) => {
    if (job.run.state !== 'Completed') return;
    const triggers = await context.registry.triggers.list();
    for (const trigger of triggers.filter((each) => watches(each, job)))
      await noteArrivals(context.tables, trigger, [arrivalOf(trigger, job, context.now())]);
  };
}

/** Whether a trigger wants the output of a job: one that ended before the trigger was made, it does not. */
function watches({ value: { watch, createdAt }, deleting }: Stored<Trigger>, { spec, run }: Job): boolean {
  if (watch.type !== 'outputs' || deleting !== undefined) return false;
  const { endpoint, deployment } = watch;
  return (
    isSame(endpoint, spec.endpoint) &&
    (deployment === undefined || isSame(deployment, spec.deployment)) &&
    Date.parse(run.times.ended ?? run.times.created) >= Date.parse(createdAt)
  );
}

function arrivalOf(trigger: Stored<Trigger>, { spec, run }: Job, now: Date): NewArrival {
  const lineage = lineageOf(spec);
  const { result } = run;
  const arrival = {
    name: spec.name,
    etag: spec.key,
    landedAt: run.times.ended ?? now.toISOString(),
    notedAt: now.toISOString(),
    ...(result?.outputBytes === undefined ? {} : { size: result.outputBytes }),
    ...(lineage.length === 0 ? {} : { lineage }),
  };
  if (lineage.includes(lineageName('trigger', trigger.name)))
    return { ...arrival, reason: failure('TriggerFileOwn', { path: spec.name, job: spec.name }) };
  if (result?.outputUri === undefined)
    return { ...arrival, reason: failure('TriggerOutputMissing', { job: spec.name }) };
  return arrival;
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
