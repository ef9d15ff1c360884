import { countLanes, type LaneCount } from '../domain/lanes';
import { isEnded } from '../domain/jobState';
import type { PlanAnswer } from '../domain/scoreJobMessages';
import { failure, isFailure } from '../errors/batchpointError';
import type { Inputs } from '../inputs/inputs';
import { withoutQuery } from '../inputs/urlRules';
import type { JobProgress, JobRun } from '../jobs/jobRun';
import type { JobSpec } from '../jobs/jobSpec';
import type { JobStore } from '../jobs/jobStore';
import type { Destinations } from '../outputs/destinations';
import type { Places } from '../places/places';
import { fileFailure, isDiskFull } from '../stores/fileErrors';
import type { Claims } from './claims';
import type { ListContext } from './listInput';
import { makeManifest } from './makeManifest';
import { readManifestHead } from './manifestHead';
import { publishSkipped } from './skippedFiles';

/** What planning works with. */
export interface PlanContext extends ListContext {
  readonly jobs: JobStore;
  readonly claims: Claims;
  readonly inputs: Pick<Inputs, 'open'>;
  readonly destinations: Destinations;
  readonly places: Pick<Places, 'admit'>;
  /** Scorers that this machine can run at once; `undefined` where a service scales out. */
  readonly machineLimit: number | undefined;
}

/**
 * Plans a job: reserves its output, lists its input in order, writes the manifest, and says how many lanes it gets.
 * Done again, it finds what was done. A job that cannot be planned is stopped with the reason; then there are no
 * lanes. One that its compute has no place for is left as it is, until it is asked for again.
 */
export async function planJob(context: PlanContext, key: string): Promise<PlanAnswer> {
  const { jobs, places } = context;
  const { value: before } = await jobs.run(key);
  if (before.state === 'Queued' && !(await places.admit(await jobs.spec(key))).go)
    return { lanes: 0, wait: true };
  const started = context.now().toISOString();
  const run = await jobs.move(key, 'Preparing', ({ times }) => ({ times: { ...times, started } }));
  if (run.state !== 'Preparing') return answerOf(run);
  try {
    return await plan(context, await jobs.spec(key));
  } catch (thrown) {
    const error = isDiskFull(thrown) ? fileFailure(thrown, { store: context.scratch }) : thrown;
    if (!isFailure(error) || error.retryable) throw error;
    const reason = { cancelled: false, error: error.toBody() } as const;
    return answerOf(await jobs.stop(key, reason, ({ state }) => state === 'Preparing'));
  }
}

function answerOf({ state, plan }: JobRun): PlanAnswer {
  return { lanes: state === 'Running' ? (plan?.lanes ?? 0) : 0 };
}

async function plan(context: PlanContext, spec: JobSpec): Promise<PlanAnswer> {
  await context.destinations.reserve(spec.output, spec.name, async (holder) => {
    const job = await context.jobs.find(holder);
    return job !== undefined && isEnded(job.run.state);
  });
  const head = (await readManifestHead(context.blobs, spec.key)) ?? (await makeManifest(context, spec));
  if (head.files === 0) throw failure('InputEmpty', { input: withoutQuery(spec.inputUri) });
  const { attempt, notes: { warnings = [], skippedBytes: bytes } = {} } = head;
  if (bytes !== undefined) await publishSkipped(context.blobs, spec.key, { attempt, bytes });
  const done = await takeOver(context, spec);
  const counted = countLanes({
    miniBatches: head.miniBatches - (done?.miniBatches ?? 0),
    instanceCount: spec.settings.instanceCount,
    maxConcurrencyPerInstance: spec.settings.maxConcurrencyPerInstance,
    maxInstances: spec.maxInstances,
    machineLimit: context.machineLimit,
  });
  const planned = context.now().toISOString();
  const run = await context.jobs.move(spec.key, 'Running', (before: JobRun) => ({
    plan: {
      files: head.files,
      miniBatches: head.miniBatches,
      lanes: counted.lanes,
      ...(done && { takenOver: { miniBatches: done.miniBatches, files: done.files } }),
    },
    ...(done && { progress: done }),
    times: { ...before.times, planned },
    warnings: [...before.warnings, ...warnings, ...laneWarnings(spec, counted, context.machineLimit)],
  }));
  return answerOf(run);
}

/** What the job has done already, as it goes on after another one. */
async function takeOver({ claims }: PlanContext, { key, rerun }: JobSpec): Promise<JobProgress | undefined> {
  return rerun?.mode === 'resume' ? claims.takeOver(rerun.key, key) : undefined;
}

function laneWarnings(
  spec: JobSpec,
  { asked, cutBy }: LaneCount,
  machineLimit: number | undefined,
): string[] {
  const wanted = `${asked} scorers were asked for (instance_count x max_concurrency_per_instance)`;
  return cutBy.map((bound) =>
    bound === 'compute'
      ? `${wanted}, but the compute '${spec.compute}' has at most ${spec.maxInstances} instances.`
      : `${wanted}, but this machine runs at most ${machineLimit ?? 0} at once.`,
  );
}
