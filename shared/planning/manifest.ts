import { text } from 'node:stream/consumers';
import { failure, isFailure } from '../errors/batchpointError';
import { jobPrefix } from '../jobs/jobKeys';
import type { BlobStore } from '../stores/blobStore';

/**
 * The head of a manifest: which attempt at planning counts, and how the list of files is cut. Mini-batch `i` is
 * the files `[i * miniBatchSize, (i + 1) * miniBatchSize)`; the last may be smaller.
 */
export interface ManifestHead {
  readonly attempt: string;
  readonly files: number;
  readonly miniBatchSize: number;
  readonly miniBatches: number;
  /** Files on a page; the last page may have fewer. */
  readonly pageFiles: number;
}

/** Files on a page: some hundred kilobytes of names. */
const defaultPageFiles = 5_000;

/** Pages that a reader keeps: lanes of one job read near each other. */
const pagesInMemory = 8;

/** How a manifest is written. */
export interface ManifestOptions {
  readonly miniBatchSize: number;
  /** An id of this attempt at planning: its pages stand under it. */
  readonly attempt: string;
  readonly pageFiles?: number;
}

/**
 * Writes the pages of a manifest from sorted names, then its head, which only the first of several attempts gets
 * to write. Answers the head that counts, which may be that of another attempt.
 */
export async function writeManifest(
  blobs: BlobStore,
  job: string,
  names: AsyncIterable<readonly string[]>,
  options: ManifestOptions,
): Promise<ManifestHead> {
  const { attempt, miniBatchSize, pageFiles = defaultPageFiles } = options;
  let page: string[] = [];
  let files = 0;
  const flush = async (): Promise<void> => {
    await blobs.write(pageName(job, attempt, Math.floor(files / pageFiles)), JSON.stringify(page));
    files += page.length;
    page = [];
  };
  for await (const some of names) {
    for (const name of some) {
      page.push(name);
      if (page.length === pageFiles) await flush();
    }
  }
  if (page.length > 0) await flush();
  const miniBatches = Math.ceil(files / miniBatchSize);
  return writeHead(blobs, job, { attempt, files, miniBatchSize, miniBatches, pageFiles });
}

async function writeHead(blobs: BlobStore, job: string, head: ManifestHead): Promise<ManifestHead> {
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

/** Reads the files of mini-batches; the pages that were read last stay in memory. */
export class ManifestReader {
  private readonly pages = new Map<number, Promise<readonly string[]>>();

  constructor(
    private readonly blobs: BlobStore,
    private readonly job: string,
    readonly head: ManifestHead,
  ) {}

  /** The files of a mini-batch: paths relative to the input, in their order. */
  async files(miniBatch: number): Promise<string[]> {
    const { miniBatchSize, pageFiles, files } = this.head;
    const from = miniBatch * miniBatchSize;
    const to = Math.min(files, from + miniBatchSize);
    if (from < 0 || from >= to)
      throw failure('ClaimsNotTiled', { fault: `there is no mini-batch ${miniBatch}` });
    const found: string[] = [];
    for (let at = from; at < to;) {
      const page = Math.floor(at / pageFiles);
      const names = await this.page(page);
      const end = Math.min(to, (page + 1) * pageFiles);
      found.push(...names.slice(at - page * pageFiles, end - page * pageFiles));
      at = end;
    }
    return found;
  }

  private page(index: number): Promise<readonly string[]> {
    const present = this.pages.get(index);
    if (present !== undefined) return present;
    const name = pageName(this.job, this.head.attempt, index);
    const page = this.blobs.read(name).then(async (stream) => JSON.parse(await text(stream)) as string[]);
    page.catch(() => this.pages.delete(index));
    this.pages.set(index, page);
    const [oldest] = this.pages.keys();
    if (this.pages.size > pagesInMemory && oldest !== undefined) this.pages.delete(oldest);
    return page;
  }
}

function headName(job: string): string {
  return `${jobPrefix(job)}manifest.json`;
}

function pageName(job: string, attempt: string, page: number): string {
  return `${jobPrefix(job)}manifest/${attempt}/${String(page).padStart(8, '0')}.json`;
}
