import { extname, join } from 'node:path';
import { countLanes, type LaneCount } from '../domain/lanes';
import { isEnded } from '../domain/jobState';
import type { PlanAnswer } from '../domain/scoreJobMessages';
import { failure, isFailure } from '../errors/batchpointError';
import type { Inputs } from '../inputs/inputs';
import { withoutQuery } from '../inputs/urlRules';
import type { JobRun } from '../jobs/jobRun';
import type { JobSpec } from '../jobs/jobSpec';
import type { JobStore } from '../jobs/jobStore';
import type { Destinations } from '../outputs/destinations';
import type { BlobStore } from '../stores/blobStore';
import { writeManifest } from './manifest';
import { readManifestHead, type ManifestHead } from './manifestHead';
import { sortedNames } from './sortedNames';

/** What planning works with. */
export interface PlanContext {
  readonly jobs: JobStore;
  readonly blobs: BlobStore;
  readonly inputs: Pick<Inputs, 'open'>;
  readonly destinations: Destinations;
  readonly scratch: string;
  /** Scorers that this machine can run at once; `undefined` where a service scales out. */
  readonly machineLimit: number | undefined;
  readonly now: () => Date;
  readonly newId: () => string;
  /** The files that are planned, the first ones of the input; all where it is left out. */
  readonly mostFiles?: number;
}

/** Types of files that an MLflow model without a script scores. */
const mlflowTypes = ['.csv', '.parquet', '.pqt', '.png', '.jpg', '.jpeg', '.tiff', '.bmp', '.gif'];

/**
 * Plans a job: reserves its output, lists its input in order, writes the manifest, and says how many lanes it gets.
 * Done again, it finds what was done. A job that cannot be planned is stopped with the reason; then there are no
 * lanes.
 */
export async function planJob(context: PlanContext, key: string): Promise<PlanAnswer> {
  const { jobs } = context;
  const started = context.now().toISOString();
  const run = await jobs.move(key, 'Preparing', ({ times }) => ({ times: { ...times, started } }));
  if (run.state !== 'Preparing') return answerOf(run);
  try {
    return await plan(context, await jobs.spec(key));
  } catch (error) {
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
  const head = (await readManifestHead(context.blobs, spec.key)) ?? (await listInput(context, spec));
  if (head.files === 0) throw failure('InputEmpty', { input: withoutQuery(spec.inputUri) });
  const counted = countLanes({
    miniBatches: head.miniBatches,
    instanceCount: spec.settings.instanceCount,
    maxConcurrencyPerInstance: spec.settings.maxConcurrencyPerInstance,
    maxInstances: spec.maxInstances,
    machineLimit: context.machineLimit,
  });
  const planned = context.now().toISOString();
  const run = await context.jobs.move(spec.key, 'Running', (before: JobRun) => ({
    plan: { files: head.files, miniBatches: head.miniBatches, lanes: counted.lanes },
    times: { ...before.times, planned },
    warnings: [...before.warnings, ...laneWarnings(spec, counted, context.machineLimit)],
  }));
  return answerOf(run);
}

async function listInput(context: PlanContext, spec: JobSpec): Promise<ManifestHead> {
  const source = await context.inputs.open(spec.input);
  const listed = spec.code === undefined ? refuseUnsupported(source.list()) : source.list();
  const names = firstOf(
    sortedNames(listed, { scratch: join(context.scratch, 'planning') }),
    context.mostFiles,
  );
  const { miniBatchSize } = spec.settings;
  return writeManifest(context.blobs, spec.key, names, { miniBatchSize, attempt: context.newId() });
}

/** So many names from the start. */
async function* firstOf(
  pages: AsyncIterable<readonly string[]>,
  most = Infinity,
): AsyncGenerator<readonly string[]> {
  let left = most;
  for await (const page of pages) {
    yield page.slice(0, left);
    left -= page.length;
    if (left <= 0) return;
  }
}

/** Passes names on, and refuses the first file that a model without a script cannot score. */
async function* refuseUnsupported(
  pages: AsyncIterable<readonly string[]>,
): AsyncGenerator<readonly string[]> {
  for await (const page of pages) {
    const odd = page.find((name) => !mlflowTypes.includes(extname(name).toLowerCase()));
    if (odd !== undefined) {
      const type = extname(odd) === '' ? '(none)' : extname(odd);
      throw failure('InputTypeUnsupported', { file: odd, type, supported: mlflowTypes.join(' ') });
    }
    yield page;
  }
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
