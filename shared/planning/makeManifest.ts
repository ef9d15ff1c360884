import type { Inputs } from '../inputs/inputs';
import type { JobSpec } from '../jobs/jobSpec';
import { failureLines } from '../outputs/failureTexts';
import { Outcomes } from '../outputs/outcomes';
import type { FailureLine } from '../scoring/claimLog';
import type { Claims } from './claims';
import { copyManifest } from './copyManifest';
import { listInput, type ListContext } from './listInput';
import { writeManifest, writeMiniBatches } from './manifest';
import { entryName, entryPath, isPart, type ManifestEntry } from './manifestEntry';
import { readManifestHead, type ManifestHead } from './manifestHead';
import { ManifestReader } from './manifestReader';

/** What manifests are made with. */
export interface ManifestContext extends ListContext {
  readonly inputs: Pick<Inputs, 'open'>;
  readonly claims: Claims;
}

/**
 * Writes what a job is to score: the files of its input, or, for a job that does another one again, what that one had
 * before it or what failed there, whatever has become of the input since.
 */
export async function makeManifest(context: ManifestContext, spec: JobSpec): Promise<ManifestHead> {
  const { rerun } = spec;
  // One that was stopped while it was planned has none; then this is the first that lists the input.
  const other =
    rerun === undefined || rerun.mode === 'all'
      ? undefined
      : await readManifestHead(context.blobs, rerun.key);
  if (rerun === undefined || other === undefined)
    return listInput(context, spec, await context.inputs.open(spec.input));
  return rerun.mode === 'resume'
    ? copyManifest(context, { from: rerun.key, to: spec.key, head: other })
    : listFailed(context, spec, { job: rerun.key, head: other });
}

/** Lists what failed in another job, in its order. Mini-batches that differ in size there stay apart. */
async function listFailed(
  context: ManifestContext,
  { key, settings }: JobSpec,
  other: { readonly job: string; readonly head: ManifestHead },
): Promise<ManifestHead> {
  const { blobs } = context;
  const attempt = context.newId();
  // What failed there may have been mended since: only what changes from now on is a change.
  const listed = context.now().toISOString();
  const failed = failedEntries(context, other);
  if ('pageStarts' in other.head) return writeMiniBatches(blobs, key, failed, { attempt, listed });
  const miniBatchSize = settings.miniBatch?.size ?? settings.miniBatchSize;
  return writeManifest(blobs, key, paths(failed), { miniBatchSize, attempt, listed });
}

async function* paths(
  miniBatches: AsyncIterable<readonly ManifestEntry[]>,
): AsyncGenerator<readonly string[]> {
  for await (const entries of miniBatches) yield entries.map(entryPath);
}

/**
 * What failed of each mini-batch that was not scored whole, as its manifest has it; all of it where it cannot be told
 * what that was.
 */
async function* failedEntries(
  { blobs, claims, scratch }: Pick<ManifestContext, 'blobs' | 'claims' | 'scratch'>,
  { job, head }: { readonly job: string; readonly head: ManifestHead },
): AsyncGenerator<readonly ManifestEntry[]> {
  const manifest = new ManifestReader(blobs, job, head);
  const outcomes = await Outcomes.collect(job, claims.all(job), scratch);
  try {
    yield* entriesOf(manifest, failureLines(blobs, outcomes));
  } finally {
    await outcomes.close();
  }
}

/** The entries that failures name, mini-batch by mini-batch. */
async function* entriesOf(
  manifest: ManifestReader,
  failures: AsyncIterable<FailureLine>,
): AsyncGenerator<readonly ManifestEntry[]> {
  let miniBatch = -1;
  let names = new Set<string>();
  const chosen = async (): Promise<ManifestEntry[]> =>
    miniBatch < 0
      ? []
      : (await manifest.files(miniBatch))
          .filter((entry) => names.has(entryName(entry)))
          .map((entry) => (isPart(entry) ? entry : entryPath(entry)));
  for await (const line of failures) {
    if (line.miniBatch !== miniBatch) {
      const entries = await chosen();
      if (entries.length > 0) yield entries;
      [miniBatch, names] = [line.miniBatch, new Set()];
    }
    for (const file of line.files) names.add(file);
  }
  const entries = await chosen();
  if (entries.length > 0) yield entries;
}
