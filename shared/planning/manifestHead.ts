import { text } from 'node:stream/consumers';
import { isFailure } from '../errors/batchpointError';
import { jobPrefix } from '../jobs/jobKeys';
import type { BlobStore } from '../stores/blobStore';

/** The head of a manifest: which attempt at planning counts, and how its pages are to be read. */
export type ManifestHead = ManifestFacts & (FilePages | MiniBatchPages);

/** What a manifest holds, and what planning has to say of it. */
export interface ManifestFacts {
  readonly attempt: string;
  /** Files, of which each part counts as one. */
  readonly files: number;
  readonly miniBatches: number;
  /** When the listing began, as ISO 8601: what is written later has changed since. */
  readonly listed?: string;
  readonly notes?: PlanNotes;
}

/** What was found while a job was planned; it stands in the head, as only one of several attempts counts. */
export interface PlanNotes {
  readonly warnings: readonly string[];
  /** Bytes of the list of skipped files that this attempt has left. */
  readonly skippedBytes?: number;
}

/**
 * Pages are lists of files. Mini-batch `i` is the files `[i * miniBatchSize, (i + 1) * miniBatchSize)`; the last may be
 * smaller.
 */
export interface FilePages {
  readonly miniBatchSize: number;
  /** Files on a page; the last page may have fewer. */
  readonly pageFiles: number;
}

/** Pages are lists of mini-batches, as these differ in size. */
export interface MiniBatchPages {
  /** The first mini-batch of each page. */
  readonly pageStarts: readonly number[];
}

/**
 * Writes the head of a manifest, which only the first of several attempts gets to write; the pages of the others go.
 * Answers the head that counts.
 */
export async function writeHead(blobs: BlobStore, job: string, head: ManifestHead): Promise<ManifestHead> {
  try {
    await blobs.write(headName(job), JSON.stringify(head), { mustNotExist: true });
    return head;
  } catch (error) {
    if (!isFailure(error, 'BlobExists')) throw error;
    const winner = await readManifestHead(blobs, job);
    if (winner === undefined) throw error;
    if (winner.attempt !== head.attempt) await blobs.removeAll(`${jobPrefix(job)}manifest/${head.attempt}/`);
    return winner;
  }
}

/** The head of a job's manifest, or `undefined` where the job is not planned. */
export async function readManifestHead(blobs: BlobStore, job: string): Promise<ManifestHead | undefined> {
  try {
    return JSON.parse(await text(await blobs.read(headName(job)))) as ManifestHead;
  } catch (error) {
    if (isFailure(error, 'BlobNotFound')) return undefined;
    throw error;
  }
}

function headName(job: string): string {
  return `${jobPrefix(job)}manifest.json`;
}

/** The name of a page, below those of its attempt. */
export function pageName(job: string, attempt: string, page: number): string {
  return `${jobPrefix(job)}manifest/${attempt}/${String(page).padStart(8, '0')}.json`;
}
