import type { BlobStore } from '../stores/blobStore';
import type { ManifestEntry } from './manifestEntry';
import { pageName, writeHead, type ManifestHead, type PlanNotes } from './manifestHead';

/** Files on a page: some hundred kilobytes of names. */
const defaultPageFiles = 5_000;

/** How a manifest is written. */
export interface ManifestOptions {
  readonly miniBatchSize: number;
  /** An id of this attempt at planning: its pages stand under it. */
  readonly attempt: string;
  readonly pageFiles?: number;
  /** When the listing began, as ISO 8601; left out where the files come from elsewhere. */
  readonly listed?: string;
  /** What there is to note once all files have been seen. */
  readonly notes?: (files: number) => Promise<PlanNotes | undefined>;
}

/**
 * Writes the pages of a manifest from sorted files, then its head, which only the first of several attempts gets
 * to write. Answers the head that counts, which may be that of another attempt.
 */
export async function writeManifest(
  blobs: BlobStore,
  job: string,
  entries: AsyncIterable<readonly ManifestEntry[]>,
  options: ManifestOptions,
): Promise<ManifestHead> {
  const { attempt, miniBatchSize, pageFiles = defaultPageFiles } = options;
  let page: ManifestEntry[] = [];
  let files = 0;
  const flush = async (): Promise<void> => {
    await blobs.write(pageName(job, attempt, Math.floor(files / pageFiles)), JSON.stringify(page));
    files += page.length;
    page = [];
  };
  for await (const some of entries) {
    for (const entry of some) {
      page.push(entry);
      if (page.length === pageFiles) await flush();
    }
  }
  if (page.length > 0) await flush();
  const miniBatches = Math.ceil(files / miniBatchSize);
  const notes = await options.notes?.(files);
  return writeHead(blobs, job, {
    attempt,
    files,
    miniBatches,
    ...(options.listed === undefined ? {} : { listed: options.listed }),
    ...(notes === undefined ? {} : { notes }),
    miniBatchSize,
    pageFiles,
  });
}

/**
 * Writes the pages of a manifest of which the mini-batches differ in size, then its head, as `writeManifest` does.
 */
export async function writeMiniBatches(
  blobs: BlobStore,
  job: string,
  miniBatches: AsyncIterable<readonly ManifestEntry[]>,
  options: Omit<ManifestOptions, 'miniBatchSize'>,
): Promise<ManifestHead> {
  const { attempt, pageFiles = defaultPageFiles } = options;
  const pageStarts: number[] = [];
  let page: (readonly ManifestEntry[])[] = [];
  let [count, files, onPage] = [0, 0, 0];
  const flush = async (): Promise<void> => {
    await blobs.write(pageName(job, attempt, pageStarts.length), JSON.stringify(page));
    pageStarts.push(count);
    count += page.length;
    [page, onPage] = [[], 0];
  };
  for await (const entries of miniBatches) {
    page.push(entries);
    files += entries.length;
    onPage += entries.length;
    if (onPage >= pageFiles) await flush();
  }
  if (page.length > 0) await flush();
  const notes = await options.notes?.(files);
  return writeHead(blobs, job, {
    attempt,
    files,
    miniBatches: count,
    ...(options.listed === undefined ? {} : { listed: options.listed }),
    ...(notes === undefined ? {} : { notes }),
    pageStarts,
  });
}
