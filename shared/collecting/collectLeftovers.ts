import { isEnded } from '../domain/jobState';
import { jobPrefix } from '../jobs/jobKeys';
import type { JobIndex } from '../jobs/jobIndex';
import type { Job, JobStore } from '../jobs/jobStore';
import { partName, type ClaimRow } from '../planning/claimRow';
import type { Claims } from '../planning/claims';
import { readManifestHead } from '../planning/manifestHead';
import type { BlobItem, BlobStore } from '../stores/blobStore';
import { jobPages } from './collectJobs';
import type { CollectionStep, Collector } from './collection';

/** What leftovers are looked for with. */
export interface LeftoversContext {
  readonly blobs: BlobStore;
  readonly jobs: JobStore;
  readonly index: JobIndex;
  readonly claims: Claims;
  readonly now: () => Date;
  /** Clears away what processes of this machine that are gone have left; answers how much of it there was. */
  readonly clearMachine: (
    dryRun: boolean,
  ) => Promise<readonly { readonly name: string; readonly bytes: number }[]>;
}

/** What is younger may still be written: whoever is late with it has been given up long before. */
const youngest = 60 * 60_000;

/**
 * Removes what attempts have left that do not count: parts of claims that another attempt has settled, pages of plans
 * that another attempt has made, in jobs that have ended; and what processes of this machine that died have left.
 */
export function collectLeftovers(context: LeftoversContext): Collector {
  return async function* ({ dryRun }, place): AsyncGenerator<CollectionStep> {
    if (place === undefined) {
      for (const { name, bytes } of await context.clearMachine(dryRun))
        yield { item: { kind: 'leftovers', name, bytes } };
    }
    for await (const { jobs, next } of jobPages(context, place)) {
      for (const job of jobs) {
        if (!isEnded(job.run.state)) continue;
        const bytes = await clearJob(context, job, dryRun);
        if (bytes > 0) yield { item: { kind: 'leftovers', name: `attempts of job ${job.spec.name}`, bytes } };
      }
      if (next !== undefined) yield { place: next };
    }
  };
}

/** Removes the leftovers of one job; answers their bytes. */
async function clearJob(context: LeftoversContext, { spec }: Job, dryRun: boolean): Promise<number> {
  const { blobs, claims, now } = context;
  const { key } = spec;
  let bytes = 0;
  const clear = async ({ name, size, modified }: BlobItem): Promise<void> => {
    if (now().getTime() - modified.getTime() < youngest) return;
    bytes += size;
    if (!dryRun) await blobs.remove(name);
  };
  const head = await readManifestHead(blobs, key);
  const pages = `${jobPrefix(key)}manifest/`;
  for await (const page of blobs.list(pages)) {
    for (const blob of page) if (!blob.name.startsWith(`${pages}${head?.attempt ?? ''}/`)) await clear(blob);
  }
  const settled = await settledAttempts(claims.all(key));
  const parts = `${jobPrefix(key)}parts/`;
  for await (const page of blobs.list(parts)) {
    for (const blob of page) {
      const [attempt = ''] = blob.name.slice(parts.length).split('.', 1);
      if (!settled.has(attempt)) await clear(blob);
    }
  }
  return bytes;
}

/** The attempts whose parts count, as the names of parts begin. */
async function settledAttempts(claims: AsyncIterable<ClaimRow>): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  for await (const claim of claims) {
    const { outcome } = claim;
    // Parts of a claim that was taken over lie below the job that it was taken from.
    if (outcome === undefined || outcome.takenFrom !== undefined) continue;
    names.add(partName(claim, outcome.attempt, 'rows').replace(/^parts\/|\.rows$/g, ''));
  }
  return names;
}
